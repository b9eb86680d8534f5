#include "engine/notice/hmac.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace dutylog::notice {

Digest hmac_sha256(BytesView key, BytesView message) {
    // OpenSSL reads a null pointer as "no key given", which is not the empty key.
    static constexpr std::uint8_t nothing = 0;
    const std::uint8_t* const key_bytes = key.empty() ? &nothing : key.data();
    Digest digest;
    unsigned size = 0;
    if (HMAC(EVP_sha256(), key_bytes, static_cast<int>(key.size()), message.data(), message.size(),
             digest.bytes.data(), &size) == nullptr ||
        size != digest.bytes.size())
        throw std::runtime_error{"HMAC-SHA256 failed"};
    return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view message) {
    return hmac_sha256(bytes_of(key), bytes_of(message));
}

bool equal_in_constant_time(BytesView a, BytesView b) {
    return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace dutylog::notice
