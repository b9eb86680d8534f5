#include "engine/core/digest.hpp"

#include <openssl/evp.h>

#include <new>
#include <stdexcept>
#include <utility>

namespace dutylog {

namespace {

EVP_MD_CTX* context_of(void* context) { return static_cast<EVP_MD_CTX*>(context); }

/// Looked up once: fetching an algorithm costs more than hashing a small event.
const EVP_MD* algorithm() {
    static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    if (fetched == nullptr) throw std::runtime_error{"OpenSSL offers no SHA-256"};
    return fetched;
}

void start(void* context) {
    if (EVP_DigestInit_ex2(context_of(context), algorithm(), nullptr) != 1)
        throw std::runtime_error{"SHA-256 could not be started"};
}

constexpr std::string_view hex_digits = "0123456789abcdef";

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

}  // namespace

Sha256::Sha256() : context_{EVP_MD_CTX_new()} {
    if (context_ == nullptr) throw std::bad_alloc{};
    start(context_);
}

Sha256::~Sha256() { EVP_MD_CTX_free(context_of(context_)); }

Sha256::Sha256(Sha256&& other) noexcept : context_{std::exchange(other.context_, nullptr)} {}

Sha256& Sha256::operator=(Sha256&& other) noexcept {
    std::swap(context_, other.context_);
    return *this;
}

Sha256& Sha256::add(BytesView bytes) {
    EVP_DigestUpdate(context_of(context_), bytes.data(), bytes.size());
    return *this;
}

Sha256& Sha256::add(std::string_view text) { return add(bytes_of(text)); }

Digest Sha256::finish() {
    Digest digest;
    EVP_DigestFinal_ex(context_of(context_), digest.bytes.data(), nullptr);
    start(context_);
    return digest;
}

Digest sha256(BytesView bytes) {
    thread_local Sha256 hasher;
    return hasher.add(bytes).finish();
}

Digest sha256(std::string_view text) { return sha256(bytes_of(text)); }

std::string to_hex(BytesView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text += hex_digits[byte >> 4];
        text += hex_digits[byte & 15];
    }
    return text;
}

std::string to_hex(const Digest& digest) { return to_hex(BytesView{digest.bytes}); }

std::optional<Digest> parse_digest(std::string_view hex) {
    Digest digest;
    if (hex.size() != digest.bytes.size() * 2) return std::nullopt;
    for (std::size_t i = 0; i < digest.bytes.size(); ++i) {
        const int high = hex_value(hex[2 * i]);
        const int low = hex_value(hex[2 * i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        digest.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return digest;
}

}  // namespace dutylog
