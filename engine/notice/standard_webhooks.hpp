#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "engine/core/digest.hpp"
#include "engine/core/instant.hpp"
#include "engine/notice/ed25519.hpp"

/// Signed webhooks as the Standard Webhooks specification 1.0.0 has them, out and in.
namespace dutylog::notice {

/// Shared with one receiver: 24–64 random bytes. Written `whsec_` and Base64.
struct WebhookSharedKey {
    Bytes key;
    friend bool operator==(const WebhookSharedKey&, const WebhookSharedKey&) = default;
};
/// Signs for any receiver that has the public half. Written `whsk_` and Base64 of both halves.
struct WebhookSigningKey {
    Ed25519Seed seed{};
    friend bool operator==(const WebhookSigningKey&, const WebhookSigningKey&) = default;
};
/// The public half. Written `whpk_` and Base64.
struct WebhookPublicKey {
    Ed25519PublicKey key{};
    friend bool operator==(const WebhookPublicKey&, const WebhookPublicKey&) = default;
};

using WebhookSecret = std::variant<WebhookSharedKey, WebhookSigningKey>;
using WebhookVerifier = std::variant<WebhookSharedKey, WebhookPublicKey>;

/// @returns nothing for any other text, a length that is not allowed, or a `whsk_` whose halves do
/// not belong together
std::optional<WebhookSecret> parse_webhook_secret(std::string_view text);
std::optional<WebhookVerifier> parse_webhook_verifier(std::string_view text);
std::string to_text(const WebhookSecret& secret);
std::string to_text(const WebhookVerifier& verifier);
/// What a receiver needs to believe this secret.
WebhookVerifier verifier_of(const WebhookSecret& secret);

/// The values of `webhook-id`, `webhook-timestamp` and `webhook-signature`, as they stand in the
/// request.
struct WebhookHeaders {
    std::string id;
    std::string timestamp;
    std::string signature;
};

/// Whether a message may have this id: 1–256 printable ASCII characters, no dot and no blank.
bool is_webhook_id(std::string_view id);

/// Signs one attempt. During a rotation `secrets` holds the new and the old one, and both
/// signatures go out.
/// @param id  the same on every attempt; @pre `is_webhook_id`
/// @param attempt  when this attempt starts
/// @param body  exactly the bytes that are sent
WebhookHeaders sign_webhook(std::span<const WebhookSecret> secrets, std::string_view id,
                            Instant attempt, std::string_view body);

enum class WebhookTrust : std::uint8_t {
    verified,
    malformed,     ///< a header is missing or not of its form
    out_of_time,   ///< the timestamp is more than the tolerance before or after now
    no_signature,  ///< none of the signatures belongs to this message and a known key
};

inline constexpr Elapsed webhook_tolerance = minutes(5);

/// Whether one of the signatures was made with one of the keys over exactly this message.
WebhookTrust verify_webhook(std::span<const WebhookVerifier> keys, const WebhookHeaders& headers,
                            std::string_view body, Instant now,
                            Elapsed tolerance = webhook_tolerance);

}  // namespace dutylog::notice
