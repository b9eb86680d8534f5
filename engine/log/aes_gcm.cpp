#include "engine/log/aes_gcm.hpp"

#include <openssl/evp.h>

#include <limits>
#include <memory>
#include <new>
#include <stdexcept>

#include "engine/log/codec_error.hpp"

namespace dutylog::log {

namespace {

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

constexpr std::size_t size_max = std::numeric_limits<int>::max() / 2;

const EVP_CIPHER* algorithm() {
    static const EVP_CIPHER* const fetched = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    if (fetched == nullptr) throw std::runtime_error{"OpenSSL offers no AES-256-GCM"};
    return fetched;
}

Context new_context() {
    Context context{EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free};
    if (!context) throw std::bad_alloc{};
    return context;
}

void check(int done) {
    if (done != 1) throw std::runtime_error{"AES-256-GCM could not be computed"};
}

}  // namespace

Bytes aes_gcm_seal(const SealKey& key, BytesView nonce, BytesView context, BytesView plain) {
    if (nonce.size() != seal_nonce_size) throw EncodeError{"a nonce has 12 bytes"};
    if (plain.size() > size_max || context.size() > size_max)
        throw EncodeError{"a sealed field is too long"};
    const Context cipher = new_context();
    check(EVP_EncryptInit_ex2(cipher.get(), algorithm(), key.data(), nonce.data(), nullptr));
    int size = 0;
    if (!context.empty())
        check(EVP_EncryptUpdate(cipher.get(), nullptr, &size, context.data(),
                                static_cast<int>(context.size())));
    Bytes sealed(plain.size() + seal_tag_size);
    if (!plain.empty())
        check(EVP_EncryptUpdate(cipher.get(), sealed.data(), &size, plain.data(),
                                static_cast<int>(plain.size())));
    check(EVP_EncryptFinal_ex(cipher.get(), sealed.data() + plain.size(), &size));
    check(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, seal_tag_size,
                              sealed.data() + plain.size()));
    return sealed;
}

std::optional<Bytes> aes_gcm_open(const SealKey& key, BytesView nonce, BytesView context,
                                  BytesView sealed) {
    if (nonce.size() != seal_nonce_size || sealed.size() < seal_tag_size ||
        sealed.size() > size_max || context.size() > size_max)
        return std::nullopt;
    const BytesView body = sealed.first(sealed.size() - seal_tag_size);
    Bytes tag{sealed.end() - seal_tag_size, sealed.end()};
    const Context cipher = new_context();
    check(EVP_DecryptInit_ex2(cipher.get(), algorithm(), key.data(), nonce.data(), nullptr));
    check(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, seal_tag_size, tag.data()));
    int size = 0;
    if (!context.empty())
        check(EVP_DecryptUpdate(cipher.get(), nullptr, &size, context.data(),
                                static_cast<int>(context.size())));
    Bytes plain(body.size());
    if (!body.empty())
        check(EVP_DecryptUpdate(cipher.get(), plain.data(), &size, body.data(),
                                static_cast<int>(body.size())));
    std::uint8_t rest[seal_tag_size];
    if (EVP_DecryptFinal_ex(cipher.get(), rest, &size) != 1) return std::nullopt;
    return plain;
}

}  // namespace dutylog::log
