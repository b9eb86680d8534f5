#include "adapters/channels/webhook_event.hpp"

#include <charconv>

#include "engine/notice/endpoint.hpp"
#include "engine/notice/retry_after.hpp"

namespace dutylog::channels {

namespace json = boost::json;

namespace {

json::object plain(const WebhookEvent& event) {
    return {{"type", event.type}, {"timestamp", event.time}, {"data", event.data}};
}

json::object cloud_event(const WebhookEndpoint& endpoint, const WebhookEvent& event) {
    json::object body;
    body["specversion"] = "1.0";
    body["id"] = event.id;
    body["source"] = event.source;
    body["type"] = endpoint.event_prefix + "." + event.type + ".v1";
    if (!event.subject.empty()) body["subject"] = event.subject;
    body["time"] = event.time;
    body["datacontenttype"] = "application/json";
    if (!endpoint.schema_origin.empty())
        body["dataschema"] = endpoint.schema_origin + "/schemas/" + event.type + ".v1.json";
    body["data"] = event.data;
    return body;
}

std::optional<Elapsed> asked_wait(const HttpAnswer& answer) {
    const auto value = answer.header("retry-after");
    return value ? notice::parse_retry_after(*value, answer.at) : std::nullopt;
}

}  // namespace

std::string webhook_body(const WebhookEndpoint& endpoint, const WebhookEvent& event) {
    return json::serialize(endpoint.form == WebhookForm::cloudevents ? cloud_event(endpoint, event)
                                                                     : plain(event));
}

HttpRequest webhook_request(const WebhookEndpoint& endpoint, std::string_view id, std::string body,
                            const Attempt& attempt) {
    const notice::WebhookHeaders signature =
        notice::sign_webhook(endpoint.secrets, id, attempt.at, body);
    const bool cloud = endpoint.form == WebhookForm::cloudevents;
    return {
        .url = endpoint.url,
        .headers = {{"Content-Type", cloud ? "application/cloudevents+json" : "application/json"},
                    {"User-Agent", endpoint.product},
                    {"webhook-id", signature.id},
                    {"webhook-timestamp", signature.timestamp},
                    {"webhook-signature", signature.signature}},
        .body = std::move(body)};
}

Outcome judge_webhook(const HttpAnswer& answer) {
    const unsigned status = answer.status;
    if (status >= 200 && status < 300) return sent();
    const std::string detail = detail_of("HTTP", status, answer.body);
    if (status == 410) return rejected(std::string{notice::reason_gone}, detail);
    if (status >= 300 && status < 400) return later("redirect", detail);
    Outcome outcome = later(status == 429 ? "too_many" : "http_status", detail);
    outcome.unwell = status == 429 || status >= 500;
    if (status == 429 || (status >= 502 && status <= 504)) outcome.wait = asked_wait(answer);
    return outcome;
}

HttpRequest webhook_handshake(const WebhookEndpoint& endpoint, std::string_view origin) {
    return {.method = "OPTIONS",
            .url = endpoint.url,
            .headers = {{"User-Agent", endpoint.product},
                        {"WebHook-Request-Origin", std::string{origin}}}};
}

std::optional<std::uint32_t> webhook_consent(const HttpAnswer& answer, std::string_view origin) {
    const auto allowed = answer.header("webhook-allowed-origin");
    if (answer.status < 200 || answer.status > 299 || !allowed ||
        (*allowed != "*" && *allowed != origin))
        return std::nullopt;
    const std::string_view rate = answer.header("webhook-allowed-rate").value_or("");
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(rate.data(), rate.data() + rate.size(), count);
    return error == std::errc{} && end == rate.data() + rate.size() ? count : 0;
}

}  // namespace dutylog::channels
