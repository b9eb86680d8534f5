#include "engine/log/seal.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <utility>

#include "engine/log/archive.hpp"
#include "engine/log/keyed_hash.hpp"
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

Nonce nonce_for(const SealKey& key, const Nonce& drawn, const SealPlace& place,
                const Value& value) {
    Bytes from;
    WireWriter to{from};
    to.text("dutylog nonce");
    to.raw(drawn.data(), drawn.size());
    to.text(place.stream.str());
    to.text(place.field);
    const Wiped<Bytes> plain{to_bytes(value)};
    to.raw((*plain).data(), (*plain).size());
    const Wiped<Bytes> whole{std::move(from)};
    const Digest digest = keyed_hash(key, *whole);
    Nonce nonce;
    std::copy_n(digest.bytes.begin(), nonce.size(), nonce.begin());
    return nonce;
}

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

std::optional<Value> try_unseal(const KeyRing& keys, const Sealed& sealed, const SealPlace& place) {
    try {
        return unseal(keys, sealed, place);
    } catch (const DecodeError&) {
        return std::nullopt;  // not sealed here: it says nothing here
    }
}

}  // namespace dutylog::log
