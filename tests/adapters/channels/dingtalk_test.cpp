#include "adapters/channels/dingtalk_robot.hpp"
#include "adapters/channels/dingtalk_work.hpp"
#include "tests/adapters/channels/expect.hpp"
#include "tests/adapters/channels/sample.hpp"

using namespace dutylog;
using namespace dutylog::channels;
using dutylog::channels::expect::words_of;
namespace json = boost::json;

namespace {

const DingtalkRobot robot{
    .token = notice::Secret{"TOKEN"},
    .sign_secret =
        notice::Secret{"SEC0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}};
const DingtalkApp app{notice::Secret{"K"}, notice::Secret{"S&="}, 1000000001};
const Attempt attempt{.at = sample::at};

HttpRequest request(const notice::Message& message, Attempt with = attempt) {
    return dingtalk_robot_request(robot, message, with);
}

}  // namespace

TEST_CASE("the robot of DingTalk is signed in the address", "[channels][dingtalk]") {
    CHECK(dingtalk_signature(robot.sign_secret, 1795305600000) ==
          "cSdRyl6kgWEo2ZGfaPGTVso/Ob68RY3jl6yBdjWWm1c=");
    CHECK(request(sample::message()).url.reveal() ==
          "https://oapi.dingtalk.com/robot/send?access_token=TOKEN&timestamp=1795305600000"
          "&sign=cSdRyl6kgWEo2ZGfaPGTVso%2FOb68RY3jl6yBdjWWm1c%3D");
    CHECK(dingtalk_robot_request({.token = notice::Secret{"T"}}, sample::message(), attempt)
              .url.reveal() == "https://oapi.dingtalk.com/robot/send?access_token=T");
}

TEST_CASE("one duty is a card with its button", "[channels][dingtalk]") {
    const HttpRequest card = request(sample::message());
    CHECK(card.method == "POST");
    CHECK(card.headers == std::vector<Header>{{"Content-Type", "application/json; charset=utf-8"}});
    CHECK(
        card.body ==
        R"({"msgtype":"actionCard","actionCard":{"title":"职业健康检查将到期",)"
        R"("text":"### 职业健康检查将到期\n> 第 2 次提醒，还剩 7 天\n\n- 对象：张三（喷砂车间）\n- 截止：2026-11-30\n",)"
        R"("btnOrientation":"0","singleTitle":"查看并处理","singleURL":"https://ohs.example.com/t/01K"}})");
}

TEST_CASE("several buttons stand in a list", "[channels][dingtalk]") {
    notice::Message message = sample::message();
    message.actions.push_back({{"申请延期", "Postpone"}, "https://ohs.example.com/l/x"});
    const json::object card = sample::body_of(request(message))["actionCard"].as_object();
    CHECK_FALSE(card.contains("singleURL"));
    CHECK(json::serialize(card.at("btns")) ==
          R"([{"title":"查看并处理","actionURL":"https://ohs.example.com/t/01K"},)"
          R"({"title":"申请延期","actionURL":"https://ohs.example.com/l/x"}])");
}

TEST_CASE("who is called by number also stands in the text", "[channels][dingtalk]") {
    CHECK(
        request(sample::calling()).body ==
        R"({"msgtype":"markdown","markdown":{"title":"职业健康检查将到期",)"
        R"("text":"### 职业健康检查将到期\n> 第 2 次提醒，还剩 7 天\n\n- 对象：张三（喷砂车间）\n- 截止：2026-11-30\n)"
        R"(\n[查看并处理](https://ohs.example.com/t/01K) @13800001111"},)"
        R"("at":{"atMobiles":["13800001111"],"atUserIds":[],"isAtAll":false}})");
    Attempt without = attempt;
    without.without_mentions = true;
    CHECK(request(sample::calling(), without).body.find("138") == std::string::npos);
}

TEST_CASE("a keyword that the robot asks for is in every text", "[channels][dingtalk]") {
    DingtalkRobot asking = robot;
    asking.keyword = "合规";
    for (const notice::Message& message : {sample::message(), sample::calling()})
        CHECK(dingtalk_robot_request(asking, message, attempt).body.find("合规") !=
              std::string::npos);
    asking.keyword = "到期";  // it is there already
    CHECK(dingtalk_robot_request(asking, sample::message(), attempt).body ==
          request(sample::message()).body);
}

TEST_CASE("a name never becomes markup or a call to all", "[channels][dingtalk]") {
    const auto text =
        sample::body_of(request(sample::hostile()))["markdown"].at("text").as_string();
    const std::string words{text};
    for (const auto* forbidden : {"<", "@all", "**x**", "[y]", "`"}) {
        CAPTURE(forbidden);
        CHECK(words.find(forbidden) == std::string::npos);
    }
}

TEST_CASE("a message stays below the bounds of the service and keeps its link",
          "[channels][dingtalk]") {
    for (const notice::Message& message : {sample::long_one(), sample::digest(20)}) {
        const HttpRequest sent = request(message);
        CHECK(sent.body.size() <= 20'000);
        CHECK(sent.body.find("](" + sample::link + ")") != std::string::npos);
    }
    CHECK(request(sample::digest(20)).body.find(sample::link + "19)") != std::string::npos);
    Attempt shorter = attempt;
    shorter.shortened = true;
    const HttpRequest sent = request(sample::long_one(), shorter);
    CHECK(sent.body.size() < 1'000);
    CHECK(sent.body.find(sample::link) != std::string::npos);
}

TEST_CASE("what the robot of DingTalk answers is told apart", "[channels][dingtalk]") {
    const std::pair<HttpAnswer, const char*> cases[] = {
        {sample::ok(R"({"errcode":0,"errmsg":"ok"})"), "sent"},
        {sample::ok(R"({"errcode":-1,"errmsg":"系统繁忙"})"), "retry busy 30s"},
        {sample::ok(R"({"errcode":130101,"errmsg":"send too fast"})"), "retry too_many 60s"},
        {sample::ok(R"({"errcode":410100,"errmsg":"x"})"), "retry too_many 60s"},
        {sample::ok(R"({"errcode":7,"errmsg":"exceed 20 per minute"})"), "retry too_many 60s"},
        {sample::ok(R"({"errcode":7,"errmsg":"已被限流"})"), "retry too_many 60s"},
        {sample::ok(R"({"errcode":310000,"errmsg":"keywords not in content"})"),
         "broken keyword_missing"},
        {sample::ok(R"({"errcode":310000,"errmsg":"sign not match"})"),
         "broken signature_or_clock"},
        {sample::ok(R"({"errcode":310000,"errmsg":"invalid timestamp"})"),
         "broken signature_or_clock"},
        {sample::ok(R"({"errcode":310000,"errmsg":"ip 1.2.3.4 not in whitelist"})"),
         "broken address_not_allowed"},
        {sample::ok(R"({"errcode":310000,"errmsg":"?"})"), "broken security_setting"},
        {sample::ok(R"({"errcode":300001})"), "broken token_unknown"},
        {sample::ok(R"({"errcode":300005})"), "broken token_unknown"},
        {sample::ok(R"({"errcode":400101})"), "broken token_unknown"},
        {sample::ok(R"({"errcode":400013})"), "broken robot_gone"},
        {sample::ok(R"({"errcode":400102})"), "broken robot_gone"},
        {sample::ok(R"({"errcode":400106})"), "broken robot_gone"},
        {sample::ok(R"({"errcode":40035})"), "rejected parameter"},
        {sample::ok(R"({"errcode":43004})"), "rejected parameter"},
        {sample::ok(R"({"errcode":400105})"), "rejected parameter"},
        {sample::ok(R"({"errcode":9,"errmsg":"message too long"})"), "retry too_long shorten"},
        {sample::ok(R"({"errcode":9,"errmsg":"exceed 20000 bytes"})"), "retry too_long shorten"},
        {sample::ok(R"({"errcode":12345})"), "retry unknown_code"},
        {sample::ok(R"({"punish":"deny","wait":5})"), "retry too_many 60s"},
        {sample::ok(R"({"errcode":"0"})"), "retry not_understood"},
        {sample::ok(R"({"errcode":0.0})"), "retry not_understood"},
        {sample::ok(R"({"errmsg":"ok"})"), "retry not_understood"},
        {sample::ok(R"([0])"), "retry not_understood"},
        {sample::ok("<html>ok</html>"), "retry not_understood"},
        {sample::ok(""), "retry not_understood"},
        {sample::ok(R"({"errcode":0})" + std::string(70'000, ' ')), "retry not_understood"},
        {sample::answer(302, ""), "retry redirect"},
        {sample::answer(429, "", {{"retry-after", "120"}}), "retry too_many 120s"},
        {sample::answer(429, "", {{"Retry-After", "soon"}}), "retry too_many 60s"},
        {sample::answer(502, R"({"errcode":0})"), "retry http_status"},
        {sample::answer(404, ""), "retry http_status"},
        {sample::answer(201, R"({"errcode":0})"), "retry http_status"},
    };
    for (const auto& [answer, expected] : cases) {
        CAPTURE(answer.body);
        CHECK(words_of(judge_dingtalk_robot(answer)) == expected);
    }
}

TEST_CASE("a work notice is a card in snake case", "[channels][dingtalk]") {
    const std::vector<std::string> users{"lisi", "wangwu"};
    const HttpRequest sent = dingtalk_work_request(
        app, users, sample::message(), {.at = sample::at, .token = notice::Secret{"T"}});
    CHECK(sent.url.reveal() ==
          "https://oapi.dingtalk.com/topapi/message/corpconversation/"
          "asyncsend_v2?access_token=T");
    CHECK(
        sent.body ==
        R"({"agent_id":1000000001,"userid_list":"lisi,wangwu","to_all_user":false,)"
        R"("msg":{"msgtype":"action_card","action_card":{"title":"职业健康检查将到期",)"
        R"("markdown":"### 职业健康检查将到期\n> 第 2 次提醒，还剩 7 天\n\n- 对象：张三（喷砂车间）\n- 截止：2026-11-30\n",)"
        R"("single_title":"查看并处理","single_url":"https://ohs.example.com/t/01K"}}})");
}

TEST_CASE("the whole of a work notice fits into 2048 bytes", "[channels][dingtalk]") {
    const std::vector<std::string> users{"lisi"};
    for (const notice::Message& message : {sample::long_one(), sample::digest(20)}) {
        json::object body = sample::body_of(dingtalk_work_request(app, users, message, attempt));
        CHECK(json::serialize(body["msg"]).size() <= 2'048);
        CHECK(json::serialize(body["msg"]).find(sample::link) != std::string::npos);
    }
}

TEST_CASE("token, user and result of work notices are asked for and read", "[channels][dingtalk]") {
    CHECK(dingtalk_token_request(app).method == "GET");
    CHECK(dingtalk_token_request(app).url.reveal() ==
          "https://oapi.dingtalk.com/gettoken?appkey=K&appsecret=S%26%3D");
    const auto token =
        read_access_token(sample::ok(R"({"errcode":0,"access_token":"abc","expires_in":7200})"));
    REQUIRE(token);
    CHECK(token->value.reveal() == "abc");
    CHECK(token->life == hours(2));
    for (const auto* bad :
         {R"({"errcode":0,"access_token":"","expires_in":7200})", R"({"errcode":0})",
          R"({"errcode":0,"access_token":"a","expires_in":-1})",
          R"({"errcode":0,"access_token":"a","expires_in":99999999999})", "x"})
        CHECK(words_of(read_access_token(sample::ok(bad)).error()) == "retry not_understood");
    CHECK(words_of(read_access_token(sample::ok(R"({"errcode":40096})")).error()) ==
          "broken app_unknown");

    const HttpRequest user = dingtalk_user_request(app, token->value, "13800001111");
    CHECK(user.url.reveal() ==
          "https://oapi.dingtalk.com/topapi/v2/user/getbymobile?access_token=abc");
    CHECK(user.body == R"({"mobile":"13800001111"})");
    CHECK(read_dingtalk_user(sample::ok(R"({"errcode":0,"result":{"userid":"lisi"}})")) == "lisi");
    CHECK(words_of(read_dingtalk_user(sample::ok(R"({"errcode":60121})")).error()) ==
          "rejected person_unknown");
    CHECK_FALSE(read_dingtalk_user(sample::ok(R"({"errcode":0,"result":[]})")));

    CHECK(dingtalk_result_request(app, token->value, "256271667526").body ==
          R"({"agent_id":1000000001,"task_id":256271667526})");
    CHECK(dingtalk_recall_request(app, token->value, "256271667526").body ==
          R"({"agent_id":1000000001,"msg_task_id":256271667526})");
}

TEST_CASE("a work notice that was taken may still have reached nobody", "[channels][dingtalk]") {
    const Outcome taken =
        judge_dingtalk_work(sample::ok(R"({"errcode":0,"task_id":256271667526,"request_id":"x"})"));
    CHECK(taken.verdict == Verdict::sent);
    CHECK(taken.receipt == "256271667526");
    CHECK(words_of(judge_dingtalk_work(sample::ok(R"({"errcode":0})"))) == "retry not_understood");
    CHECK(words_of(judge_dingtalk_work(sample::ok(R"({"errcode":42001})"))) ==
          "retry token_expired new token");
    CHECK(words_of(judge_dingtalk_work(
              sample::ok(R"({"errcode":88,"errmsg":"不合法的access_token"})"))) ==
          "retry token_expired new token");

    const auto result = read_dingtalk_result(sample::ok(
        R"({"errcode":0,"send_result":{"read_user_id_list":["a"],"unread_user_id_list":["b",1],)"
        R"("failed_user_id_list":["c"],"forbidden_user_id_list":["d"],"invalid_user_id_list":["e"]}})"));
    REQUIRE(result);
    CHECK(result->read == std::vector<std::string>{"a"});
    CHECK(result->unread == std::vector<std::string>{"b"});
    CHECK(result->missed == std::vector<std::string>{"c", "d", "e"});
    CHECK_FALSE(read_dingtalk_result(sample::ok(R"({"errcode":0})")));
}
