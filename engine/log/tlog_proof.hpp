#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/log/checkpoint.hpp"

namespace dutylog::log {

namespace proof_limits {
inline constexpr std::size_t bytes_max = 262'144;  ///< of the whole file
inline constexpr std::size_t extra_max = 131'072;  ///< of the extra data
inline constexpr std::size_t hashes_max = 63;      ///< of the path; trees end below 2^63 leaves
}  // namespace proof_limits

/// A file that proves one event to someone who holds nothing but the log's public key. The extra
/// data may carry the leaf bytes; it is believed only as far as it hashes to the proved leaf.
/// @see https://c2sp.org/tlog-proof
struct TlogProof {
    Bytes extra;              ///< may be empty
    std::uint64_t index = 0;  ///< of the leaf, from 0: the event's position less one
    std::vector<Digest> path;
    std::string checkpoint;  ///< a signed checkpoint, as it was handed out
    friend bool operator==(const TlogProof&, const TlogProof&) = default;
};

/// @throws EncodeError  a part passes its limit
std::string to_text(const TlogProof& proof);
/// Reads the form, and believes nothing.
/// @throws DecodeError  the text is not what `to_text` writes
TlogProof parse_tlog_proof(std::string_view text);

enum class Proved : std::uint8_t {
    holds,
    not_trusted,   ///< no known key signed the checkpoint, or one signed it wrongly
    other_log,     ///< the checkpoint is of another origin
    not_included,  ///< the path does not lead from this leaf to the checkpoint's root
};
/// Whether the event with this leaf hash is at the proof's index of the log named `origin`.
/// @throws DecodeError  the checkpoint inside is not one
Proved check_proof(const TlogProof& proof, const Digest& leaf, std::string_view origin,
                   std::span<const VerifierKey> known);

}  // namespace dutylog::log
