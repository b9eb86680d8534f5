#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/core/digest.hpp"

namespace dutylog::log {

/// Base64 with the standard alphabet and padding (RFC 4648 section 4).
std::string to_base64(BytesView bytes);
/// @returns nothing for any text that `to_base64` does not write: no line breaks, no missing
/// padding, no bits set past the last byte
std::optional<Bytes> parse_base64(std::string_view text);

}  // namespace dutylog::log
