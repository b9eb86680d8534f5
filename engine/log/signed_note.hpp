#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/digest.hpp"
#include "engine/log/codec_error.hpp"

namespace dutylog::log {

namespace note_limits {
inline constexpr std::size_t bytes_max = 65'536;  ///< of the whole note
inline constexpr std::size_t signatures_max = 64;
inline constexpr std::size_t key_name_max = 256;
}  // namespace note_limits

/// The public half of an ed25519 key that signs notes. @see https://c2sp.org/signed-note
struct VerifierKey {
    std::string name;
    std::array<std::uint8_t, 32> public_key{};

    /// The first four bytes of SHA-256(name ‖ newline ‖ 1 ‖ public key), big-endian.
    std::uint32_t id() const;
    /// `name+id+base64`, as it is handed to those who verify.
    std::string text() const;
    friend bool operator==(const VerifierKey&, const VerifierKey&) = default;
};

/// @returns nothing for text that `VerifierKey::text` does not write, a wrong id included
std::optional<VerifierKey> parse_verifier_key(std::string_view text);

/// The 32 secret bytes of an ed25519 key (RFC 8032); the same text always gets the same signature.
struct SignerKey {
    std::string name;
    std::array<std::uint8_t, 32> seed{};

    VerifierKey verifier() const;
};

struct NoteSignature {
    std::string name;
    std::uint32_t key_id = 0;
    Bytes signature;  ///< of a length that its algorithm decides
    friend bool operator==(const NoteSignature&, const NoteSignature&) = default;
};

/// Text that ends in a newline, and who signed it.
struct SignedNote {
    std::string text;
    std::vector<NoteSignature> signatures;
    friend bool operator==(const SignedNote&, const SignedNote&) = default;
};

/// @throws EncodeError  the text is not one that a note may hold, or the key's name is not
SignedNote sign_note(std::string text, const SignerKey& key);
/// Adds another key's signature over the same text.
void add_signature(SignedNote& note, const SignerKey& key);

std::string to_text(const SignedNote& note);
/// Reads the form, and believes nothing: see `trust_in`.
/// @throws DecodeError  the text is not a signed note, or passes `note_limits`
SignedNote parse_note(std::string_view text);

/// Whether a note may be believed by someone who knows these keys.
enum class Trust : std::uint8_t {
    verified,       ///< signed by a known key, and by no known key wrongly
    unknown_key,    ///< no signature is by a known key
    bad_signature,  ///< a signature by a known key does not fit the text
};
Trust trust_in(const SignedNote& note, std::span<const VerifierKey> known);

}  // namespace dutylog::log
