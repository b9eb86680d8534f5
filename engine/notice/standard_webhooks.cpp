#include "engine/notice/standard_webhooks.hpp"

#include <algorithm>
#include <charconv>

#include "engine/log/base64.hpp"
#include "engine/notice/hmac.hpp"

namespace dutylog::notice {

namespace {

constexpr std::string_view shared_prefix = "whsec_";
constexpr std::string_view signing_prefix = "whsk_";
constexpr std::string_view public_prefix = "whpk_";
constexpr std::size_t key_bytes_min = 24;
constexpr std::size_t key_bytes_max = 64;
constexpr std::size_t id_bytes_max = 256;
constexpr std::size_t signatures_max = 16;  ///< of one message; more are not looked at

std::optional<Bytes> after_prefix(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return std::nullopt;
    return log::parse_base64(text.substr(prefix.size()));
}

std::optional<WebhookSharedKey> parse_shared(std::string_view text) {
    auto key = after_prefix(text, shared_prefix);
    if (!key || key->size() < key_bytes_min || key->size() > key_bytes_max) return std::nullopt;
    return WebhookSharedKey{std::move(*key)};
}

std::optional<WebhookSigningKey> parse_signing(std::string_view text) {
    const auto halves = after_prefix(text, signing_prefix);
    WebhookSigningKey key;
    if (!halves || halves->size() != 2 * key.seed.size()) return std::nullopt;
    const auto middle = halves->begin() + static_cast<std::ptrdiff_t>(key.seed.size());
    std::copy(halves->begin(), middle, key.seed.begin());
    const Ed25519PublicKey belongs = public_key_of(key.seed);
    if (!std::equal(middle, halves->end(), belongs.begin())) return std::nullopt;
    return key;
}

std::optional<WebhookPublicKey> parse_public(std::string_view text) {
    const auto bytes = after_prefix(text, public_prefix);
    WebhookPublicKey key;
    if (!bytes || bytes->size() != key.key.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), key.key.begin());
    return key;
}

std::string signed_bytes(std::string_view id, std::string_view timestamp, std::string_view body) {
    std::string text;
    text.reserve(id.size() + timestamp.size() + body.size() + 2);
    text.append(id).append(1, '.').append(timestamp).append(1, '.').append(body);
    return text;
}

std::string signature_of(const WebhookSharedKey& key, std::string_view text) {
    return "v1," + log::to_base64(hmac_sha256(key.key, bytes_of(text)).bytes);
}

std::string signature_of(const WebhookSigningKey& key, std::string_view text) {
    return "v1a," + log::to_base64(sign_ed25519(key.seed, bytes_of(text)));
}

bool belongs(const WebhookSharedKey& key, std::string_view kind, BytesView signature,
             std::string_view text) {
    return kind == "v1" &&
           equal_in_constant_time(hmac_sha256(key.key, bytes_of(text)).bytes, signature);
}

bool belongs(const WebhookPublicKey& key, std::string_view kind, BytesView signature,
             std::string_view text) {
    return kind == "v1a" && verify_ed25519(key.key, bytes_of(text), signature);
}

/// Whole seconds since 1970, at most 11 digits, written without a sign or leading zeros.
std::optional<std::int64_t> read_timestamp(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc{} && end == text.data() + text.size();
    if (!whole || text.size() > 11 || value < 0 || std::to_string(value) != text)
        return std::nullopt;
    return value;
}

bool any_belongs(std::span<const WebhookVerifier> keys, std::string_view list,
                 std::string_view text) {
    for (std::size_t count = 0; !list.empty() && count < signatures_max; ++count) {
        const std::string_view item = list.substr(0, list.find(' '));
        list.remove_prefix(std::min(list.size(), item.size() + 1));
        const std::size_t comma = item.find(',');
        if (comma == std::string_view::npos) continue;
        const auto signature = log::parse_base64(item.substr(comma + 1));
        if (!signature) continue;
        for (const WebhookVerifier& key : keys)
            if (std::visit(
                    [&](const auto& k) {
                        return belongs(k, item.substr(0, comma), *signature, text);
                    },
                    key))
                return true;
    }
    return false;
}

}  // namespace

std::optional<WebhookSecret> parse_webhook_secret(std::string_view text) {
    if (auto shared = parse_shared(text)) return *std::move(shared);
    if (auto signing = parse_signing(text)) return *signing;
    return std::nullopt;
}

std::optional<WebhookVerifier> parse_webhook_verifier(std::string_view text) {
    if (auto shared = parse_shared(text)) return *std::move(shared);
    if (auto key = parse_public(text)) return *key;
    return std::nullopt;
}

std::string to_text(const WebhookSecret& secret) {
    if (const auto* shared = std::get_if<WebhookSharedKey>(&secret))
        return std::string{shared_prefix} + log::to_base64(shared->key);
    const auto& seed = std::get<WebhookSigningKey>(secret).seed;
    const Ed25519PublicKey key = public_key_of(seed);
    Bytes halves{seed.begin(), seed.end()};
    halves.insert(halves.end(), key.begin(), key.end());
    return std::string{signing_prefix} + log::to_base64(halves);
}

std::string to_text(const WebhookVerifier& verifier) {
    if (const auto* shared = std::get_if<WebhookSharedKey>(&verifier))
        return std::string{shared_prefix} + log::to_base64(shared->key);
    return std::string{public_prefix} + log::to_base64(std::get<WebhookPublicKey>(verifier).key);
}

WebhookVerifier verifier_of(const WebhookSecret& secret) {
    if (const auto* shared = std::get_if<WebhookSharedKey>(&secret)) return *shared;
    return WebhookPublicKey{public_key_of(std::get<WebhookSigningKey>(secret).seed)};
}

bool is_webhook_id(std::string_view id) {
    const auto fits = [](char c) { return c > ' ' && c < '\x7f' && c != '.'; };
    return !id.empty() && id.size() <= id_bytes_max && std::all_of(id.begin(), id.end(), fits);
}

WebhookHeaders sign_webhook(std::span<const WebhookSecret> secrets, std::string_view id,
                            Instant attempt, std::string_view body) {
    WebhookHeaders headers{std::string{id}, std::to_string(attempt.micros / 1'000'000), {}};
    const std::string text = signed_bytes(headers.id, headers.timestamp, body);
    for (const WebhookSecret& secret : secrets) {
        if (!headers.signature.empty()) headers.signature += ' ';
        headers.signature +=
            std::visit([&](const auto& key) { return signature_of(key, text); }, secret);
    }
    return headers;
}

WebhookTrust verify_webhook(std::span<const WebhookVerifier> keys, const WebhookHeaders& headers,
                            std::string_view body, Instant now, Elapsed tolerance) {
    const auto timestamp = read_timestamp(headers.timestamp);
    if (!is_webhook_id(headers.id) || !timestamp || headers.signature.empty())
        return WebhookTrust::malformed;
    const Elapsed off = now - Instant{*timestamp * 1'000'000};
    if (off > tolerance || off < Elapsed{-tolerance.micros}) return WebhookTrust::out_of_time;
    const std::string text = signed_bytes(headers.id, headers.timestamp, body);
    return any_belongs(keys, headers.signature, text) ? WebhookTrust::verified
                                                      : WebhookTrust::no_signature;
}

}  // namespace dutylog::notice
