#pragma once

#include "engine/core/digest.hpp"
#include "engine/log/aes_gcm.hpp"

namespace dutylog::log {

/// HMAC-SHA256 (RFC 2104): a hash that nobody can make, or test a guess with, who has not the key.
Digest keyed_hash(const SealKey& key, BytesView bytes);

}  // namespace dutylog::log
