#include "adapters/channels/webhook_event.hpp"
#include "engine/notice/endpoint.hpp"
#include "tests/adapters/channels/expect.hpp"
#include "tests/adapters/channels/sample.hpp"
#include "tests/notice/vectors.hpp"

using namespace dutylog;
using namespace dutylog::channels;
using dutylog::channels::expect::words_of;
namespace vectors = dutylog::notice::vectors;

namespace {

WebhookEvent overdue() {
    return {.id = std::string{vectors::webhook_id},
            .type = "obligation.overdue",
            .source = "/sites/sz01",
            .subject = "obl_01K",
            .time = "2026-11-22T08:00:00+08:00",
            .data = {{"obligation", "obl_01K"}, {"days", 3}}};
}

WebhookEndpoint endpoint(WebhookForm form = WebhookForm::plain) {
    WebhookEndpoint endpoint{.url = notice::Secret{"https://hr.example.com/in"}, .form = form};
    endpoint.secrets = {*notice::parse_webhook_secret(vectors::new_secret),
                        *notice::parse_webhook_secret(vectors::old_secret)};
    endpoint.schema_origin = "https://ohs.example.com";
    return endpoint;
}

}  // namespace

TEST_CASE("the plain form of an event is the body of the known answers", "[channels][webhook]") {
    CHECK(webhook_body(endpoint(), overdue()) == vectors::webhook_body);
}

TEST_CASE("an event goes out signed with both secrets of a rotation", "[channels][webhook]") {
    const HttpRequest sent = webhook_request(
        endpoint(), vectors::webhook_id, webhook_body(endpoint(), overdue()), {.at = sample::at});
    const std::vector<Header> expected{
        {"Content-Type", "application/json"},
        {"User-Agent", "Dutylog/0.1"},
        {"webhook-id", "evt_01KDOMAINVECTOR0001"},
        {"webhook-timestamp", "1795305600"},
        {"webhook-signature",
         std::string{vectors::new_signature} + " " + std::string{vectors::old_signature}}};
    CHECK(sent.headers == expected);
    CHECK(sent.url.reveal() == "https://hr.example.com/in");
}

TEST_CASE("an endpoint that asks for CloudEvents gets them", "[channels][webhook]") {
    const WebhookEndpoint cloud = endpoint(WebhookForm::cloudevents);
    CHECK(webhook_body(cloud, overdue()) ==
          R"({"specversion":"1.0","id":"evt_01KDOMAINVECTOR0001","source":"/sites/sz01",)"
          R"("type":"com.example.ohs.obligation.overdue.v1","subject":"obl_01K",)"
          R"("time":"2026-11-22T08:00:00+08:00","datacontenttype":"application/json",)"
          R"("dataschema":"https://ohs.example.com/schemas/obligation.overdue.v1.json",)"
          R"("data":{"obligation":"obl_01K","days":3}})");
    CHECK(webhook_request(cloud, "e", "{}", {.at = sample::at}).headers[0].value ==
          "application/cloudevents+json");
}

TEST_CASE("what a receiver of webhooks answers is told apart", "[channels][webhook]") {
    const std::pair<HttpAnswer, const char*> cases[] = {
        {sample::answer(200, "whatever"), "sent"},
        {sample::answer(202, ""), "sent"},
        {sample::answer(204, ""), "sent"},
        {sample::answer(299, ""), "sent"},
        {sample::answer(300, ""), "retry redirect"},
        {sample::answer(301, ""), "retry redirect"},
        {sample::answer(307, "", {{"Location", "https://x"}}), "retry redirect"},
        {sample::answer(400, ""), "retry http_status"},
        {sample::answer(404, ""), "retry http_status"},
        {sample::answer(410, ""), "rejected gone"},
        {sample::answer(429, "", {{"Retry-After", "17"}}), "retry too_many 17s"},
        {sample::answer(429, "", {{"Retry-After", "999999999"}}), "retry too_many 86400s"},
        {sample::answer(429, "", {{"Retry-After", "Sun, 22 Nov 2026 00:01:00 GMT"}}),
         "retry too_many 60s"},
        {sample::answer(429, ""), "retry too_many"},
        {sample::answer(502, "", {{"Retry-After", "5"}}), "retry http_status 5s"},
        {sample::answer(503, "", {{"Retry-After", "5"}}), "retry http_status 5s"},
        {sample::answer(504, "", {{"Retry-After", "5"}}), "retry http_status 5s"},
        {sample::answer(500, "", {{"Retry-After", "5"}}), "retry http_status"},
        {sample::answer(100, ""), "retry http_status"},
        {sample::answer(0, ""), "retry http_status"},
    };
    for (const auto& [answer, expected] : cases) {
        CAPTURE(answer.status);
        CHECK(words_of(judge_webhook(answer)) == expected);
    }
    const Outcome gone = judge_webhook(sample::answer(410, ""));
    CHECK(after(notice::EndpointHealth{}, gone, sample::at, sample::at).position ==
          notice::EndpointHealth::Switch::off_gone);
}

TEST_CASE("only a receiver that is unwell opens the breaker", "[channels][webhook]") {
    for (const unsigned status : {429U, 500U, 502U, 503U, 504U})
        CHECK(judge_webhook(sample::answer(status, "")).unwell);
    for (const unsigned status : {200U, 301U, 400U, 404U, 410U, 422U})
        CHECK_FALSE(judge_webhook(sample::answer(status, "")).unwell);
}

TEST_CASE("what is kept of an answer is one short line", "[channels][webhook]") {
    const Outcome outcome =
        judge_webhook(sample::answer(500, "line\r\nbreak" + std::string(100'000, 'x')));
    CHECK(outcome.detail.size() <= 300);
    CHECK(outcome.detail.starts_with("HTTP 500: line break"));
}

TEST_CASE("a secret that a receiver repeats is taken out of what is kept", "[channels][webhook]") {
    const notice::Secret secrets[] = {notice::Secret{"s3cr3t"}, notice::Secret{}};
    const Outcome said = judge_webhook(sample::answer(500, "no s3cr3t here, s3cr3ts3cr3t"));
    CHECK(redacted(said, secrets).detail == "HTTP 500: no … here, ……");
}

TEST_CASE("a receiver consents to being called, or does not", "[channels][webhook]") {
    const HttpRequest ask = webhook_handshake(endpoint(), "ohs.example.com");
    CHECK(ask.method == "OPTIONS");
    CHECK(ask.headers.back() == Header{"WebHook-Request-Origin", "ohs.example.com"});
    const auto consent = [](unsigned status, std::vector<Header> headers) {
        return webhook_consent(sample::answer(status, "", std::move(headers)), "ohs.example.com");
    };
    CHECK(consent(200, {{"WebHook-Allowed-Origin", "ohs.example.com"}}) == 0U);
    CHECK(consent(200, {{"webhook-allowed-origin", "*"}, {"WebHook-Allowed-Rate", "120"}}) == 120U);
    CHECK(consent(200, {{"WebHook-Allowed-Origin", "*"}, {"WebHook-Allowed-Rate", "*"}}) == 0U);
    CHECK_FALSE(consent(200, {{"WebHook-Allowed-Origin", "other.example.com"}}));
    CHECK_FALSE(consent(200, {}));
    CHECK_FALSE(consent(405, {{"WebHook-Allowed-Origin", "*"}}));
}
