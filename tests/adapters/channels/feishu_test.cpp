#include "adapters/channels/feishu_app.hpp"
#include "adapters/channels/feishu_bot.hpp"
#include "tests/adapters/channels/expect.hpp"
#include "tests/adapters/channels/sample.hpp"

using namespace dutylog;
using namespace dutylog::channels;
using dutylog::channels::expect::words_of;
namespace json = boost::json;

namespace {

const FeishuBot bot{.hook = notice::Secret{"ID"}, .sign_secret = notice::Secret{"ohs-demo-secret"}};
const FeishuApp app{notice::Secret{"a"}, notice::Secret{"s"}};
const Attempt attempt{.at = sample::at, .token = notice::Secret{"t-1"}};

}  // namespace

TEST_CASE("the bot of Feishu is signed in the body", "[channels][feishu]") {
    CHECK(feishu_signature(bot.sign_secret, 1795305600) ==
          "WmnX0iwxQJBxLxQxDIYXi5Kx1TJuam8BadgcsX/uMgM=");
    const HttpRequest sent = feishu_bot_request(bot, sample::message(), attempt);
    CHECK(sent.url.reveal() == "https://open.feishu.cn/open-apis/bot/v2/hook/ID");
    const json::object body = sample::body_of(sent);
    CHECK(body.at("timestamp") == "1795305600");
    CHECK(body.at("sign") == "WmnX0iwxQJBxLxQxDIYXi5Kx1TJuam8BadgcsX/uMgM=");
    FeishuBot open = bot;
    open.sign_secret = {};
    CHECK_FALSE(
        sample::body_of(feishu_bot_request(open, sample::message(), attempt)).contains("sign"));
}

TEST_CASE("every text of a card stands in both languages", "[channels][feishu]") {
    CHECK(
        json::serialize(feishu_card(sample::calling(), attempt)) ==
        R"({"schema":"2.0","config":{"update_multi":true},)"
        R"("header":{"template":"orange","title":{"tag":"plain_text","content":"职业健康检查将到期",)"
        R"("i18n_content":{"zh_cn":"职业健康检查将到期","en_us":"Health examination due"}}},)"
        R"("body":{"elements":[{"tag":"markdown",)"
        R"("content":"**第 2 次提醒，还剩 7 天**\n对象：张三（喷砂车间）\n截止：2026-11-30 <at id=lisi></at>",)"
        R"("i18n_content":{"zh_cn":"**第 2 次提醒，还剩 7 天**\n对象：张三（喷砂车间）\n截止：2026-11-30 <at id=lisi></at>",)"
        R"("en_us":"**Reminder 2, 7 days left**\nFor: 张三 &#40;Blasting shop&#41;\nDue: 2026-11-30 <at id=lisi></at>"}},)"
        R"({"tag":"button","text":{"tag":"plain_text","content":"查看并处理",)"
        R"("i18n_content":{"zh_cn":"查看并处理","en_us":"Open"}},"type":"primary",)"
        R"("behaviors":[{"type":"open_url","default_url":"https://ohs.example.com/t/01K"}]}]}})");
}

TEST_CASE("how grave it is shows in the colour of the card", "[channels][feishu]") {
    const std::pair<notice::Severity, const char*> cases[] = {{notice::Severity::info, "blue"},
                                                              {notice::Severity::warning, "orange"},
                                                              {notice::Severity::critical, "red"}};
    for (const auto& [severity, colour] : cases) {
        notice::Message message = sample::message();
        message.severity = severity;
        CHECK(feishu_card(message, attempt)["header"].at("template") == colour);
    }
}

TEST_CASE("a name never becomes markup or a call on Feishu", "[channels][feishu]") {
    json::object card = feishu_card(sample::hostile(), {.without_mentions = true});
    const std::string words{card["body"].at("elements").as_array()[0].at("content").as_string()};
    for (const auto* forbidden : {"<", "**x", "[y]", "`"})
        CHECK(words.find(forbidden) == std::string::npos);
    CHECK(words.find("&#60;at id=all&#62;") != std::string::npos);
}

TEST_CASE("a card stays below the bound of the service", "[channels][feishu]") {
    for (const notice::Message& message : {sample::long_one(), sample::digest(20)}) {
        const HttpRequest sent = feishu_bot_request(bot, message, attempt);
        CHECK(sent.body.size() <= feishu_body_bytes_max);
        CHECK(sent.body.find(sample::link) != std::string::npos);
    }
}

TEST_CASE("what Feishu answers is told apart", "[channels][feishu]") {
    const std::pair<HttpAnswer, const char*> cases[] = {
        {sample::ok(R"({"code":0,"msg":"success","data":{}})"), "sent"},
        {sample::ok(R"({"StatusCode":0,"StatusMessage":"success"})"), "sent"},
        {sample::ok(R"({"code":0,"StatusCode":0})"), "sent"},
        {sample::ok(R"({"code":0,"StatusCode":19001})"), "broken hook_unknown"},
        {sample::ok(R"({"code":9499,"msg":"Bad Request"})"), "rejected bad_request"},
        {sample::ok(R"({"code":9499,"msg":"Bot Not Enabled"})"), "broken bot_not_enabled"},
        {sample::ok(R"({"code":11232,"msg":"frequency limited"})"), "retry too_many 60s"},
        {sample::answer(429, R"({"code":99991400,"msg":"x"})"), "retry too_many 60s"},
        {sample::answer(400, R"({"code":19001,"msg":"x"})"), "broken hook_unknown"},
        {sample::ok(R"({"code":19021,"msg":"sign match fail"})"), "broken signature_or_clock"},
        {sample::ok(R"({"code":19022})"), "broken address_not_allowed"},
        {sample::ok(R"({"code":19024})"), "broken keyword_missing"},
        {sample::ok(R"({"code":19036})"), "retry too_long shorten"},
        {sample::ok(R"({"code":99991663})"), "retry token_expired new token"},
        {sample::ok(R"({"code":4})"), "retry unknown_code"},
        {sample::answer(500, R"({"code":0})"), "retry http_status"},
        {sample::ok(R"({"msg":"success"})"), "retry not_understood"},
        {sample::ok("success"), "retry not_understood"},
        {sample::answer(429, "slow down", {{"Retry-After", "7"}}), "retry too_many 7s"},
    };
    for (const auto& [answer, expected] : cases) {
        CAPTURE(answer.body);
        CHECK(words_of(judge_feishu(answer)) == expected);
    }
}

TEST_CASE("a message of an app holds its card as a text, and is idempotent", "[channels][feishu]") {
    const HttpRequest ask = feishu_token_request(app);
    CHECK(ask.url.reveal() ==
          "https://open.feishu.cn/open-apis/auth/v3/tenant_access_token/internal");
    CHECK(ask.body == R"({"app_id":"a","app_secret":"s"})");
    const auto token =
        read_feishu_token(sample::ok(R"({"code":0,"tenant_access_token":"t-1","expire":7199})"));
    REQUIRE(token);
    CHECK(token->value.reveal() == "t-1");
    CHECK_FALSE(read_feishu_token(sample::ok(R"({"code":0})")));
    CHECK(read_feishu_token(sample::ok(R"({"code":10014})")).error().reason == "unknown_code");

    const HttpRequest sent = feishu_app_request(app, "lisi", sample::message(), attempt);
    CHECK(sent.url.reveal() ==
          "https://open.feishu.cn/open-apis/im/v1/messages?receive_id_type=user_id");
    CHECK(sent.headers.back() == Header{"Authorization", "Bearer t-1"});
    const json::object body = sample::body_of(sent);
    CHECK(body.at("receive_id") == "lisi");
    CHECK(body.at("uuid") == "ntc_01K");
    CHECK(json::parse(body.at("content").as_string()) == feishu_card(sample::message(), attempt));
}
