#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/log/event_store.hpp"
#include "engine/log/signed_note.hpp"

namespace dutylog::log {

namespace checkpoint_limits {
inline constexpr std::size_t text_max = 16'384;
inline constexpr std::size_t origin_max = 256;
inline constexpr std::size_t extensions_max = 16;
}  // namespace checkpoint_limits

/// What the log was at one moment: its name, its size and its root hash.
/// @see https://c2sp.org/tlog-checkpoint
struct Checkpoint {
    std::string origin;  ///< names the log, e.g. `dutylog.example/acme`
    TreeHead head;
    std::vector<std::string> extensions;  ///< further lines, mostly none
    friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

/// The unsigned form: origin, size, root in base64, each on a line. Kept outside the log, it is
/// enough to notice later that history was changed.
/// @throws EncodeError  a line is empty, holds a control character or passes its limit
std::string to_text(const Checkpoint& checkpoint);
/// @throws DecodeError  the text is not exactly what `to_text` writes
Checkpoint parse_checkpoint(std::string_view text);

/// The signed form is a note over the unsigned one. The key should bear the origin's name.
SignedNote sign_checkpoint(const Checkpoint& checkpoint, const SignerKey& key);

/// A checkpoint as someone else handed it over.
struct OpenedCheckpoint {
    Checkpoint checkpoint;
    Trust trust = Trust::unknown_key;
};
/// @throws DecodeError  the text is not a signed checkpoint
OpenedCheckpoint open_checkpoint(std::string_view note, std::span<const VerifierKey> known);

}  // namespace dutylog::log
