#include "engine/notice/link.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/notice/base64url.hpp"
#include "engine/notice/hmac.hpp"

namespace dutylog::notice {

namespace {

// Layout: version, key id, purpose, 5 bytes of expiry in seconds, two texts each behind 2 bytes of
// length, 16 bytes of signature.
constexpr std::uint8_t version = 1;
constexpr std::size_t signature_bytes = 16;
constexpr std::size_t head_bytes = 8;
constexpr std::size_t text_bytes_max = 256;
constexpr std::size_t token_bytes_max = 1024;
constexpr std::string_view domain = "dutylog/link/v1\n";  // no other use of the key signs this

void put_text(Bytes& out, std::string_view text) {
    out.push_back(static_cast<std::uint8_t>(text.size() >> 8));
    out.push_back(static_cast<std::uint8_t>(text.size()));
    out.insert(out.end(), text.begin(), text.end());
}

std::optional<std::string> take_text(BytesView& bytes) {
    if (bytes.size() < 2) return std::nullopt;
    const std::size_t size = static_cast<std::size_t>(bytes[0]) << 8 | bytes[1];
    if (size == 0 || size > text_bytes_max || bytes.size() - 2 < size) return std::nullopt;
    const BytesView text = bytes.subspan(2, size);
    bytes = bytes.subspan(2 + size);
    return std::string{text.begin(), text.end()};
}

Bytes signature_of(const LinkKey& key, BytesView claims) {
    Bytes message{domain.begin(), domain.end()};
    message.insert(message.end(), claims.begin(), claims.end());
    const Digest whole = hmac_sha256(key.key, message);
    return {whole.bytes.begin(), whole.bytes.begin() + signature_bytes};
}

Bytes head_of(const LinkKey& key, const LinkClaims& claims) {
    Bytes bytes{version, key.id, static_cast<std::uint8_t>(claims.purpose)};
    const std::int64_t expires_s = claims.expires.micros / 1'000'000;
    for (int shift = 32; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(expires_s >> shift));
    return bytes;
}

bool fits(std::string_view text) { return !text.empty() && text.size() <= text_bytes_max; }

std::optional<LinkClaims> read_claims(BytesView bytes) {
    LinkClaims claims;
    const std::uint8_t purpose = bytes[2];
    if (purpose < static_cast<std::uint8_t>(LinkPurpose::open) ||
        purpose > static_cast<std::uint8_t>(LinkPurpose::refuse))
        return std::nullopt;
    claims.purpose = static_cast<LinkPurpose>(purpose);
    std::int64_t expires_s = 0;
    for (std::size_t i = 3; i < head_bytes; ++i) expires_s = expires_s << 8 | bytes[i];
    claims.expires = Instant{} + seconds(expires_s);
    BytesView rest = bytes.subspan(head_bytes);
    auto notice = take_text(rest);
    auto person = take_text(rest);
    if (!notice || !person || !rest.empty()) return std::nullopt;
    claims.notice = *std::move(notice);
    claims.person = *std::move(person);
    return claims;
}

std::unexpected<Rejection> invalid() {
    return reject("link_invalid",
                  Text{"此链接不是由本系统生成，或在途中被改动。",
                       "This link was not made here, or it was changed on its way."});
}

bool is_signed(std::span<const LinkKey> keys, BytesView claims, BytesView signature) {
    const auto by = [&](const LinkKey& key) {
        return key.id == claims[1] && equal_in_constant_time(signature_of(key, claims), signature);
    };
    return std::any_of(keys.begin(), keys.end(), by);
}

}  // namespace

std::string make_link_token(const LinkKey& key, const LinkClaims& claims) {
    constexpr std::size_t key_bytes_min = 32;
    if (key.key.size() < key_bytes_min) throw std::invalid_argument{"a link key has 32 bytes"};
    if (!fits(claims.notice) || !fits(claims.person))
        throw std::invalid_argument{"a link names a notice and a person of at most 256 bytes"};
    Bytes bytes = head_of(key, claims);
    put_text(bytes, claims.notice);
    put_text(bytes, claims.person);
    const Bytes signature = signature_of(key, bytes);
    bytes.insert(bytes.end(), signature.begin(), signature.end());
    return to_base64url(bytes);
}

Result<LinkClaims> open_link_token(std::span<const LinkKey> keys, std::string_view token,
                                   Instant now) {
    if (token.size() > token_bytes_max) return invalid();
    const auto bytes = parse_base64url(token);
    if (!bytes || bytes->size() < head_bytes + signature_bytes || (*bytes)[0] != version)
        return invalid();
    const BytesView all{*bytes};
    const BytesView signed_part = all.first(all.size() - signature_bytes);
    if (!is_signed(keys, signed_part, all.last(signature_bytes))) return invalid();
    auto claims = read_claims(signed_part);
    if (!claims) return invalid();
    if (now >= claims->expires)
        return reject("link_expired", Text{"此链接已过期；请直接打开该义务。",
                                           "This link has expired; open the duty itself."});
    return *std::move(claims);
}

std::string command_id_of(const LinkClaims& claims) {
    const bool decides = claims.purpose == LinkPurpose::refuse;
    Bytes bytes{static_cast<std::uint8_t>(decides ? LinkPurpose::grant : claims.purpose)};
    put_text(bytes, claims.notice);
    put_text(bytes, claims.person);
    return "link-" + to_hex(sha256(bytes)).substr(0, 32);
}

}  // namespace dutylog::notice
