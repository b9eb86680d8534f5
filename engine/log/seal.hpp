#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/id.hpp"
#include "engine/core/value.hpp"
#include "engine/log/aes_gcm.hpp"
#include "engine/log/codec_error.hpp"

namespace dutylog::log {

/// The keys of people, kept outside the log. Erasing a key makes its fields unreadable for good,
/// and changes no byte of the log, no proof and no state hash.
class KeyRing {
public:
    virtual ~KeyRing() = default;
    /// @returns nothing for a key that never was or was erased
    virtual std::optional<SealKey> find(std::string_view key) const = 0;
};

/// Where a sealed field stands. It cannot be moved to another place: the ciphertext opens only
/// there.
struct SealPlace {
    StreamId stream;
    std::string field;
};

using Nonce = std::array<std::uint8_t, seal_nonce_size>;

/// The nonce of one field: made from what was drawn for the command, the key, the place and the
/// content, so that two fields of one command never share one, and a draw that was repeated by
/// mistake gives nothing away but that the same was sealed twice in the same place.
Nonce nonce_for(const SealKey& key, const Nonce& drawn, const SealPlace& place, const Value& value);

/// Seals a value for its person.
/// @param nonce  12 bytes, used only here
/// @throws EncodeError  there is no such key, or the nonce is of another length
Sealed seal(const KeyRing& keys, std::string key, BytesView nonce, const SealPlace& place,
            const Value& value);

/// @returns nothing where there is no key
/// @throws DecodeError  the key is there and does not open this field at this place
std::optional<Value> unseal(const KeyRing& keys, const Sealed& sealed, const SealPlace& place);

/// What the keys open of it; nothing where the key is gone, or the field was not sealed here.
std::optional<Value> try_unseal(const KeyRing& keys, const Sealed& sealed, const SealPlace& place);

}  // namespace dutylog::log
