#include "engine/log/keyed_hash.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace dutylog::log {

Digest keyed_hash(const SealKey& key, BytesView bytes) {
    Digest digest;
    unsigned int size = 0;
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(),
             digest.bytes.data(), &size) == nullptr ||
        size != digest.bytes.size())
        throw std::runtime_error{"HMAC-SHA256 could not be computed"};
    return digest;
}

}  // namespace dutylog::log
