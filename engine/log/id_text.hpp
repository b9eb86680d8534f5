#pragma once

#include <string>
#include <string_view>

#include "engine/core/id.hpp"

namespace dutylog::log {

/// Gives an id another text and keeps the room its string has: a scan decodes into one object.
template <class Tag>
void assign(Id<Tag>& id, std::string_view text) {
    auto set = [text](std::string& inside) { inside.assign(text); };
    id.serialize(set);
}

}  // namespace dutylog::log
