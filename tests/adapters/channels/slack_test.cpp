#include "adapters/channels/slack.hpp"

#include "tests/adapters/channels/expect.hpp"
#include "tests/adapters/channels/sample.hpp"

using namespace dutylog;
using namespace dutylog::channels;
using dutylog::channels::expect::words_of;
namespace json = boost::json;

namespace {

const SlackHook hook{notice::Secret{"https://hooks.slack.com/services/T/B/X"}};
const Attempt attempt{.at = sample::at};
const notice::Secret secret{"0123456789abcdef0123456789abcdef"};
constexpr std::string_view callback = "payload=%7B%22type%22%3A%22block_actions%22%7D";
constexpr std::string_view signature =
    "v0=f9fef0ca222dbf1a8f31ec60b35c64e11c98c40883a48aed63f577cd6537c6af";

}  // namespace

TEST_CASE("Slack gets blocks, and a text for notification lines", "[channels][slack]") {
    const HttpRequest sent = slack_request(hook, sample::calling(Language::en), attempt);
    CHECK(sent.url.reveal() == hook.url.reveal());
    CHECK(
        sent.body ==
        R"~({"text":"[7 days left] Health examination – 张三 – 2026-11-30 (Reminder 2, 7 days left)",)~"
        R"~("blocks":[{"type":"header","text":{"type":"plain_text","text":"Health examination due"}},)~"
        R"~({"type":"section","fields":[{"type":"mrkdwn","text":"*For*\n张三 (Blasting shop)"},)~"
        R"~({"type":"mrkdwn","text":"*Due*\n2026-11-30"}]},)~"
        R"~({"type":"context","elements":[{"type":"mrkdwn","text":"Reminder 2, 7 days left <@lisi>"}]},)~"
        R"~({"type":"actions","elements":[{"type":"button","text":{"type":"plain_text","text":"Open"},)~"
        R"~("url":"https://ohs.example.com/t/01K","style":"primary"}]}]})~");
}

TEST_CASE("a name never calls a channel of Slack", "[channels][slack]") {
    const std::string body =
        slack_request(hook, sample::hostile(), {.without_mentions = true}).body;
    CHECK(body.find("<!channel>") != std::string::npos);  // a plain_text header shows it as it is
    const json::object read = json::parse(body).as_object();
    for (const json::value& block : read.at("blocks").as_array())
        if (block.at("type") != "header" && block.at("type") != "actions")
            CHECK(json::serialize(block).find('<') == std::string::npos);
    CHECK(read.at("text").as_string().find('<') == json::string::npos);
}

TEST_CASE("a digest stays within the blocks and characters of Slack", "[channels][slack]") {
    for (const notice::Message& message : {sample::digest(20), sample::long_one()}) {
        json::object body = sample::body_of(slack_request(hook, message, attempt));
        CHECK(body["blocks"].as_array().size() <= 50);
        CHECK(json::serialize(body["blocks"]).size() < 40'000);
        CHECK(json::serialize(body["blocks"].as_array().back()).find(sample::link) !=
              std::string::npos);
    }
}

TEST_CASE("what Slack answers is told apart", "[channels][slack]") {
    const std::pair<HttpAnswer, const char*> cases[] = {
        {sample::ok("ok"), "sent"},
        {sample::ok("ok\n"), "retry not_understood"},
        {sample::ok(R"({"ok":true})"), "retry not_understood"},
        {sample::answer(429, "", {{"Retry-After", "30"}}), "retry too_many 30s"},
        {sample::answer(400, "invalid_payload"), "rejected parameter"},
        {sample::answer(400, "no_text"), "rejected parameter"},
        {sample::answer(400, "msg_too_long"), "retry too_long shorten"},
        {sample::answer(403, "action_prohibited"), "broken action_prohibited"},
        {sample::answer(404, "no_service"), "broken hook_unknown"},
        {sample::answer(404, "channel_not_found"), "broken hook_unknown"},
        {sample::answer(410, "channel_is_archived"), "broken channel_archived"},
        {sample::answer(503, ""), "retry http_status"},
        {sample::answer(301, ""), "retry redirect"},
    };
    for (const auto& [answer, expected] : cases) {
        CAPTURE(answer.status, answer.body);
        CHECK(words_of(judge_slack(answer)) == expected);
    }
}

TEST_CASE("a button that calls back is believed only with the signature of Slack",
          "[channels][slack]") {
    CHECK(slack_signature(secret, "1795305600", callback) == signature);
    const auto verified = [&](std::string_view time, std::string_view value, std::string_view body,
                              Elapsed off = {}) {
        return verify_slack(secret, time, value, body, sample::at + off);
    };
    CHECK(verified("1795305600", signature, callback));
    CHECK(verified("1795305600", signature, callback, minutes(5)));
    CHECK(verified("1795305600", signature, callback, minutes(-5)));
    CHECK_FALSE(verified("1795305600", signature, callback, seconds(301)));
    CHECK_FALSE(verified("1795305600", signature, callback, seconds(-301)));
    CHECK_FALSE(verified("1795305601", signature, callback));
    CHECK_FALSE(verified("1795305600", signature, "payload="));
    CHECK_FALSE(verified("1795305600", signature.substr(3), callback));
    CHECK_FALSE(verified("1795305600 ", signature, callback));
    CHECK_FALSE(verified("", signature, callback));
    CHECK_FALSE(verified("99999999999999999999", signature, callback));
    CHECK_FALSE(verified("-1", signature, callback));
    CHECK_FALSE(
        verify_slack(notice::Secret{"other"}, "1795305600", signature, callback, sample::at));
}
