#include "adapters/http/cursor.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <cassert>

#include "engine/log/base64.hpp"

namespace dutylog::http {

namespace {

constexpr std::size_t seal_bytes = 16;
constexpr std::size_t mark_bytes_max = 1024;

/// RFC 4648 section 5, without padding.
std::string to_base64url(BytesView bytes) {
    std::string text = log::to_base64(bytes);
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.erase(std::min(text.find('='), text.size()));
    return text;
}

std::optional<Bytes> parse_base64url(std::string_view url) {
    std::string text{url};
    if (text.find_first_of("+/=") != std::string::npos) return {};
    std::ranges::replace(text, '-', '+');
    std::ranges::replace(text, '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    return log::parse_base64(text);
}

}  // namespace

Cursors::Cursors(Bytes key) : key_{std::move(key)} { assert(key_.size() >= 16); }

Bytes Cursors::seal(std::string_view list, std::string_view place) const {
    std::string text = std::to_string(list.size()) + ":";
    text.append(list).append(place);
    Bytes seal(EVP_MAX_MD_SIZE);
    unsigned length = 0;
    const BytesView bytes = bytes_of(text);
    HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), bytes.data(), bytes.size(),
         seal.data(), &length);
    seal.resize(seal_bytes);
    return seal;
}

std::string Cursors::mark(std::string_view list, std::string_view place) const {
    Bytes bytes = seal(list, place);
    bytes.insert(bytes.end(), place.begin(), place.end());
    return to_base64url(bytes);
}

std::optional<std::string> Cursors::place(std::string_view list, std::string_view mark) const {
    if (mark.size() > mark_bytes_max) return {};
    const auto bytes = parse_base64url(mark);
    if (!bytes || bytes->size() < seal_bytes) return {};
    std::string place{bytes->begin() + seal_bytes, bytes->end()};
    const Bytes wanted = seal(list, place);
    if (CRYPTO_memcmp(wanted.data(), bytes->data(), seal_bytes) != 0) return {};
    return place;
}

}  // namespace dutylog::http
