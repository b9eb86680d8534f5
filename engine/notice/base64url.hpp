#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/core/digest.hpp"

namespace dutylog::notice {

/// Base64 for addresses: the URL alphabet without padding (RFC 4648 section 5).
std::string to_base64url(BytesView bytes);
/// @returns nothing for any text that `to_base64url` does not write
std::optional<Bytes> parse_base64url(std::string_view text);

}  // namespace dutylog::notice
