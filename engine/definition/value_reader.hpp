#pragma once

#include "engine/core/value.hpp"
#include "engine/definition/reading.hpp"
#include "engine/rule/type.hpp"

namespace dutylog::definition {

/// A value of library data as YAML writes it: `88 dB`, `2025-12-05`, `[noise, lead]`, an id for a
/// reference. What does not fit its type is reported, and none is given.
Value read_value(Reading& reading, const Node& node, const rule::Type& type);

/// The same for one text. @returns nothing where it does not fit
std::optional<Value> value_of_text(std::string_view text, const rule::Type& type);

}  // namespace dutylog::definition
