#include "engine/log/seal.hpp"

#include <openssl/crypto.h>

#include <utility>

#include "engine/log/archive.hpp"
#include "engine/log/value_codec.hpp"
#include "engine/log/wire.hpp"

namespace dutylog::log {

namespace {

/// The associated data: stream and field, each behind its length.
Bytes context_of(const SealPlace& place) {
    Bytes context;
    WireWriter to{context};
    to.text(place.stream.str());
    to.text(place.field);
    return context;
}

/// A secret that does not stay in memory when it is given back.
template <class T>
class Wiped {
public:
    explicit Wiped(T secret) : secret_{std::move(secret)} {}
    ~Wiped() {
        if constexpr (requires { secret_->data(); }) {
            if (secret_) OPENSSL_cleanse(secret_->data(), secret_->size());
        } else {
            OPENSSL_cleanse(secret_.data(), secret_.size());
        }
    }
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    const T& operator*() const { return secret_; }

private:
    T secret_;
};

}  // namespace

Sealed seal(const KeyRing& keys, std::string key, BytesView nonce, const SealPlace& place,
            const Value& value) {
    const Wiped<std::optional<SealKey>> secret{keys.find(key)};
    if (!*secret) throw EncodeError{"there is no key " + key + " to seal with"};
    const Wiped<Bytes> plain{to_bytes(value)};
    Bytes ciphertext = aes_gcm_seal(**secret, nonce, context_of(place), *plain);
    return {std::move(key), Bytes{nonce.begin(), nonce.end()}, std::move(ciphertext)};
}

std::optional<Value> unseal(const KeyRing& keys, const Sealed& sealed, const SealPlace& place) {
    const Wiped<std::optional<SealKey>> secret{keys.find(sealed.key)};
    if (!*secret) return std::nullopt;
    std::optional<Bytes> opened =
        aes_gcm_open(**secret, sealed.nonce, context_of(place), sealed.ciphertext);
    if (!opened) throw DecodeError{"expected a field that key " + sealed.key + " opens here", 0};
    const Wiped<Bytes> plain{std::move(*opened)};
    return from_bytes<Value>(*plain);
}

}  // namespace dutylog::log
