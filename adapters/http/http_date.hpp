#pragma once

#include <string>

#include "engine/core/instant.hpp"

namespace dutylog::http {

/// The only form of a date that is still written (RFC 9110 section 5.6.7):
/// `Sun, 06 Nov 1994 08:49:37 GMT`.
std::string http_date(Instant at);

}  // namespace dutylog::http
