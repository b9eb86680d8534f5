#include "engine/log/signed_note.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

#include "engine/log/base64.hpp"
#include "engine/log/utf8.hpp"

namespace dutylog::log {

namespace {

using namespace note_limits;

constexpr std::string_view dash = "\xE2\x80\x94 ";  // U+2014 and a space
constexpr std::uint8_t ed25519 = 1;
constexpr std::size_t signature_size = 64;

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Key private_key(const SignerKey& signer) {
    Key key{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, signer.seed.data(),
                                         signer.seed.size()),
            &EVP_PKEY_free};
    if (!key) throw std::runtime_error{"OpenSSL offers no ed25519"};
    return key;
}

Bytes signature_of(std::string_view text, const SignerKey& signer) {
    const Key key = private_key(signer);
    const Context context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    Bytes signature(signature_size);
    std::size_t size = signature.size();
    const BytesView bytes = bytes_of(text);
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), signature.data(), &size, bytes.data(), bytes.size()) != 1)
        throw std::runtime_error{"ed25519 could not sign"};
    return signature;
}

bool signature_fits(std::string_view text, BytesView signature, const VerifierKey& verifier) {
    if (signature.size() != signature_size) return false;
    const Key key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, verifier.public_key.data(),
                                              verifier.public_key.size()),
                  &EVP_PKEY_free};
    const Context context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
    const BytesView bytes = bytes_of(text);
    return key && context &&
           EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes.data(),
                            bytes.size()) == 1;
}

bool is_key_name(std::string_view name) {
    return !name.empty() && name.size() <= key_name_max &&
           name.find('+') == std::string_view::npos && !has_space_or_control(name);
}

/// Valid UTF-8, and no control characters but newline.
bool is_note_text(std::string_view text) {
    return is_utf8(text) && std::none_of(text.begin(), text.end(), [](char letter) {
               return static_cast<unsigned char>(letter) < 0x20 && letter != '\n';
           });
}

std::string hex_of(std::uint32_t id) {
    const std::uint8_t bytes[] = {
        static_cast<std::uint8_t>(id >> 24), static_cast<std::uint8_t>(id >> 16),
        static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
    return to_hex(BytesView{bytes});
}

std::uint32_t number_of(BytesView bytes) {
    return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 |
           static_cast<std::uint32_t>(bytes[2]) << 8 | static_cast<std::uint32_t>(bytes[3]);
}

/// `— name base64`, without the newline.
NoteSignature parse_signature(std::string_view line, std::size_t offset) {
    if (!line.starts_with(dash)) throw DecodeError{"expected a signature line", offset};
    line.remove_prefix(dash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || !is_key_name(line.substr(0, space)))
        throw DecodeError{"expected the name of a key", offset};
    const auto bytes = parse_base64(line.substr(space + 1));
    if (!bytes || bytes->size() <= 4) throw DecodeError{"expected a signature in base64", offset};
    return {std::string{line.substr(0, space)}, number_of(*bytes),
            Bytes{bytes->begin() + 4, bytes->end()}};
}

}  // namespace

std::uint32_t VerifierKey::id() const {
    const std::uint8_t between[] = {'\n', ed25519};
    const Digest digest =
        Sha256{}.add(name).add(BytesView{between}).add(BytesView{public_key}).finish();
    return number_of(digest.bytes);
}

std::string VerifierKey::text() const {
    Bytes bytes{ed25519};
    bytes.insert(bytes.end(), public_key.begin(), public_key.end());
    return name + "+" + hex_of(id()) + "+" + to_base64(bytes);
}

std::optional<VerifierKey> parse_verifier_key(std::string_view text) {
    const std::size_t name_end = text.find('+');
    if (name_end == std::string_view::npos || text.size() < name_end + 10) return std::nullopt;
    const auto bytes = parse_base64(text.substr(name_end + 10));
    VerifierKey key{std::string{text.substr(0, name_end)}, {}};
    if (!is_key_name(key.name) || !bytes || bytes->size() != key.public_key.size() + 1)
        return std::nullopt;
    std::copy(bytes->begin() + 1, bytes->end(), key.public_key.begin());
    if (key.text() != text) return std::nullopt;
    return key;
}

VerifierKey SignerKey::verifier() const {
    const Key key = private_key(*this);
    VerifierKey verifier{name, {}};
    std::size_t size = verifier.public_key.size();
    if (EVP_PKEY_get_raw_public_key(key.get(), verifier.public_key.data(), &size) != 1)
        throw std::runtime_error{"ed25519 has no public key"};
    return verifier;
}

void add_signature(SignedNote& note, const SignerKey& key) {
    if (!is_key_name(key.name)) throw EncodeError{"the name of a key cannot be " + key.name};
    if (note.signatures.size() == signatures_max) throw EncodeError{"a note has many signatures"};
    note.signatures.push_back({key.name, key.verifier().id(), signature_of(note.text, key)});
}

SignedNote sign_note(std::string text, const SignerKey& key) {
    if (text.empty() || text.back() != '\n' || !is_note_text(text))
        throw EncodeError{"a note is lines of UTF-8 without control characters"};
    SignedNote note{std::move(text), {}};
    add_signature(note, key);
    if (to_text(note).size() > bytes_max) throw EncodeError{"a note is too long"};
    return note;
}

std::string to_text(const SignedNote& note) {
    std::string text = note.text + "\n";
    for (const NoteSignature& signature : note.signatures) {
        Bytes bytes;
        for (int shift = 24; shift >= 0; shift -= 8)
            bytes.push_back(static_cast<std::uint8_t>(signature.key_id >> shift));
        bytes.insert(bytes.end(), signature.signature.begin(), signature.signature.end());
        text.append(dash).append(signature.name).append(" ").append(to_base64(bytes)).append("\n");
    }
    return text;
}

SignedNote parse_note(std::string_view text) {
    if (text.size() > bytes_max) throw DecodeError{"expected a note within the limit", bytes_max};
    if (!is_note_text(text)) throw DecodeError{"expected UTF-8 without control characters", 0};
    const std::size_t split = text.rfind("\n\n");
    if (split == std::string_view::npos || text.back() != '\n')
        throw DecodeError{"expected an empty line before the signatures", text.size()};
    SignedNote note{std::string{text.substr(0, split + 1)}, {}};
    std::size_t at = split + 2;
    while (at < text.size()) {
        if (note.signatures.size() == signatures_max)
            throw DecodeError{"expected fewer signatures", at};
        const std::size_t end = text.find('\n', at);
        note.signatures.push_back(parse_signature(text.substr(at, end - at), at));
        at = end + 1;
    }
    if (note.signatures.empty()) throw DecodeError{"expected a signature", at};
    return note;
}

Trust trust_in(const SignedNote& note, std::span<const VerifierKey> known) {
    Trust trust = Trust::unknown_key;
    for (const NoteSignature& signature : note.signatures) {
        for (const VerifierKey& key : known) {
            if (key.name != signature.name || key.id() != signature.key_id) continue;
            if (!signature_fits(note.text, signature.signature, key)) return Trust::bad_signature;
            trust = Trust::verified;
        }
    }
    return trust;
}

}  // namespace dutylog::log
