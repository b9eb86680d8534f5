#pragma once

#include "engine/core/digest.hpp"
#include "engine/log/codec_error.hpp"
#include "engine/log/envelope.hpp"

namespace dutylog::log {

/// What the log commits to for one event (docs/format.md): the number of this form, then every
/// field of the envelope in declaration order, then the SHA-256 of the payload as stored.
/// @throws EncodeError  a field passes its limit (`envelope_limits`)
void append_leaf_bytes(Bytes& out, const Envelope& envelope, const Digest& payload);
Bytes leaf_bytes(const Envelope& envelope, const Digest& payload);

/// Leaf bytes read back, for those who hold only them.
struct Leaf {
    Envelope envelope;
    Digest payload;
};
/// @throws DecodeError  the bytes are not exactly what `leaf_bytes` writes
Leaf decode_leaf(BytesView bytes);

/// SHA-256(0 ‖ bytes), the hash of a leaf in RFC 6962 section 2.1.
Digest hash_of_leaf_bytes(BytesView bytes);
/// The leaf hash of an event, as kept in `StoredEvent::leaf`.
Digest leaf_hash(const Envelope& envelope, BytesView payload);
/// The same for an envelope that was just decoded: decoding refused whatever passes a limit, so
/// nothing is looked at twice.
Digest leaf_hash_of_decoded(const Envelope& envelope, BytesView payload);
/// SHA-256(1 ‖ left ‖ right), the hash of an inner node in RFC 6962 section 2.1.
Digest node_hash(const Digest& left, const Digest& right);

}  // namespace dutylog::log
