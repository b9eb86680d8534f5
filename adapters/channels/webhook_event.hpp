#pragma once

#include <boost/json.hpp>
#include <span>

#include "adapters/channels/answers.hpp"
#include "adapters/channels/http.hpp"
#include "engine/notice/standard_webhooks.hpp"

/// The signed webhook to any system: what happened, thin. Ids, dates, states; never personal or
/// medical data: the receiver fetches the rest with a permission of its own.
namespace dutylog::channels {

enum class WebhookForm : std::uint8_t {
    plain,        ///< `{"type", "timestamp", "data"}`
    cloudevents,  ///< CloudEvents 1.0, structured JSON
};

struct WebhookEndpoint {
    notice::Secret url;
    WebhookForm form = WebhookForm::plain;
    std::vector<notice::WebhookSecret> secrets{};  ///< the new one and, for a day, the old one
    std::string event_prefix =
        "com.example.ohs";        ///< of CloudEvents types: a name of ours, reversed
    std::string schema_origin{};  ///< where the schemas of events stand; empty: not said
    std::string product = "Dutylog/0.1";
};

struct WebhookEvent {
    std::string id;       ///< @pre `is_webhook_id`
    std::string type;     ///< `obligation.overdue`
    std::string source;   ///< `/sites/sz01`
    std::string subject;  ///< `obl_01K`
    std::string time;     ///< RFC 3339 with the offset of the site
    boost::json::object data;
};

inline constexpr std::size_t webhook_body_bytes_max = 20'000;
inline constexpr Elapsed webhook_time_max = seconds(15);
inline constexpr Elapsed webhook_connect_time_max = seconds(5);

/// The body, the same bytes on every attempt.
std::string webhook_body(const WebhookEndpoint& endpoint, const WebhookEvent& event);
/// Signs the body for one attempt.
HttpRequest webhook_request(const WebhookEndpoint& endpoint, std::string_view id, std::string body,
                            const Attempt& attempt);
/// 410 says that the endpoint is gone for good: `notice::reason_gone`.
Outcome judge_webhook(const HttpAnswer& answer);

/// The question whether an endpoint wants to be called at all (CloudEvents HTTP webhook 1.0).
HttpRequest webhook_handshake(const WebhookEndpoint& endpoint, std::string_view origin);
/// What it answered: nothing where it does not want to, else how many a minute; 0: any number.
std::optional<std::uint32_t> webhook_consent(const HttpAnswer& answer, std::string_view origin);

}  // namespace dutylog::channels
