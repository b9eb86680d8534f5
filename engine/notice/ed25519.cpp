#include "engine/notice/ed25519.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace dutylog::notice {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Key private_key(const Ed25519Seed& seed) {
    Key key{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()),
            &EVP_PKEY_free};
    if (!key) throw std::runtime_error{"OpenSSL takes no ed25519 key"};
    return key;
}

}  // namespace

Ed25519PublicKey public_key_of(const Ed25519Seed& seed) {
    const Key key = private_key(seed);
    Ed25519PublicKey result{};
    std::size_t size = result.size();
    if (EVP_PKEY_get_raw_public_key(key.get(), result.data(), &size) != 1)
        throw std::runtime_error{"OpenSSL gives no ed25519 public key"};
    return result;
}

Ed25519Signature sign_ed25519(const Ed25519Seed& seed, BytesView message) {
    const Key key = private_key(seed);
    const Context context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    Ed25519Signature signature{};
    std::size_t size = signature.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1)
        throw std::runtime_error{"OpenSSL made no ed25519 signature"};
    return signature;
}

bool verify_ed25519(const Ed25519PublicKey& public_key, BytesView message, BytesView signature) {
    const Key key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(),
                                              public_key.size()),
                  &EVP_PKEY_free};
    const Context context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    return key && context &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                            message.size()) == 1;
}

}  // namespace dutylog::notice
