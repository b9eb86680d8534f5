#pragma once

#include "engine/core/digest.hpp"
#include "engine/log/codec_error.hpp"
#include "engine/log/envelope.hpp"

namespace dutylog::log {

/// What an envelope may hold, in bytes; the same for storage and for leaf bytes.
namespace envelope_limits {
inline constexpr std::size_t stream_max = 256;
inline constexpr std::size_t type_max = 128;
inline constexpr std::size_t name_max = 256;  ///< actor, command id, correlation, key
inline constexpr std::size_t zone_max = 64;
inline constexpr std::size_t late_reason_max = 4096;
inline constexpr std::size_t rests_on_max = 65'536;  ///< entries
}  // namespace envelope_limits

/// The compact form in which an envelope is stored (docs/format.md). One envelope has one form.
/// @param out  is emptied first and keeps its room, so that one buffer serves many events
/// @throws EncodeError  a field passes its limit or is not UTF-8, or `rests_on` is not sorted and
///                      unique
void encode_envelope(const Envelope& envelope, Bytes& out);
Bytes encode_envelope(const Envelope& envelope);

/// @param into  every field is set; its strings keep their room, so that one object serves a scan
/// @throws DecodeError  the bytes are not exactly what `encode_envelope` writes
void decode_envelope(BytesView bytes, Envelope& into);
Envelope decode_envelope(BytesView bytes);

/// The sentence that says which field cannot be stored, and why; empty where all is well.
std::string envelope_fault(const Envelope& envelope);

}  // namespace dutylog::log
