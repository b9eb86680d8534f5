#pragma once

#include <optional>
#include <string_view>

#include "engine/core/instant.hpp"

namespace dutylog::notice {

/// No receiver can ask for more.
inline constexpr Elapsed retry_after_max = hours(24);

/// A date as HTTP writes it, in any of the three forms of RFC 9110 section 5.6.7.
/// @param now  places the two-digit year of the oldest form within 50 years of it
std::optional<Instant> parse_http_date(std::string_view text, Instant now);

/// The value of a `Retry-After` header (RFC 9110 section 10.2.3): whole seconds, or a date.
/// @returns the time to wait from `now`, at most `retry_after_max`, zero for a date that has
/// passed;
///   nothing for any other text
std::optional<Elapsed> parse_retry_after(std::string_view text, Instant now);

}  // namespace dutylog::notice
