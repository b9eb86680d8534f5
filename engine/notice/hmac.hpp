#pragma once

#include <string>
#include <string_view>

#include "engine/core/digest.hpp"

namespace dutylog::notice {

/// HMAC with SHA-256 (RFC 2104, FIPS 198-1). An empty key and an empty message are both allowed.
Digest hmac_sha256(BytesView key, BytesView message);
Digest hmac_sha256(std::string_view key, std::string_view message);

/// Whether both are equal, in a time that depends on their lengths only.
bool equal_in_constant_time(BytesView a, BytesView b);

}  // namespace dutylog::notice
