#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/core/digest.hpp"

namespace dutylog::http {

/// Makes the opaque marks with which a list goes on. A mark is checked when it comes back (HMAC of
/// RFC 2104), so that a client cannot make one up or carry it to another list.
class Cursors {
public:
    /// @param key  at least 16 bytes; marks made under another key are not taken
    explicit Cursors(Bytes key);

    /// @param list  what the mark is for: the operation and its filters
    /// @param place  where the list goes on
    std::string mark(std::string_view list, std::string_view place) const;
    /// @returns the place; nothing where the mark is none of this list
    std::optional<std::string> place(std::string_view list, std::string_view mark) const;

private:
    Bytes seal(std::string_view list, std::string_view place) const;

    Bytes key_;
};

}  // namespace dutylog::http
