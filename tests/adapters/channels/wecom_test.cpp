#include "adapters/channels/dingtalk_work.hpp"
#include "adapters/channels/wecom_app.hpp"
#include "adapters/channels/wecom_robot.hpp"
#include "tests/adapters/channels/expect.hpp"
#include "tests/adapters/channels/sample.hpp"

using namespace dutylog;
using namespace dutylog::channels;
using dutylog::channels::expect::words_of;
namespace json = boost::json;

namespace {

const WecomRobot robot{.key = notice::Secret{"693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"}};
const WecomRobot carding{.key = notice::Secret{"K"}, .cards = true};
const WecomApp app{notice::Secret{"C"}, notice::Secret{"S"}, 1000002};
const Attempt attempt{.at = sample::at, .token = notice::Secret{"T"}};

std::string content_of(const notice::Message& message, const char* form = "markdown") {
    json::object body = sample::body_of(wecom_robot_request(robot, message, attempt));
    REQUIRE(body["msgtype"] == form);
    return std::string{body[form].at("content").as_string()};
}

}  // namespace

TEST_CASE("the robot of WeCom gets Markdown with colour and call", "[channels][wecom]") {
    const HttpRequest sent = wecom_robot_request(robot, sample::calling(), attempt);
    CHECK(sent.url.reveal() ==
          "https://qyapi.weixin.qq.com/cgi-bin/webhook/"
          "send?key=693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa");
    CHECK(sent.body == R"({"msgtype":"markdown","markdown":{"content":"### 职业健康检查将到期\n)"
                       R"(<font color=\"warning\">第 2 次提醒，还剩 7 天</font>\n)"
                       R"(> 对象：张三（喷砂车间）\n> 截止：2026-11-30\n)"
                       R"([查看并处理](https://ohs.example.com/t/01K) <@lisi>"}})");
}

TEST_CASE("a name never becomes markup or a call on WeCom", "[channels][wecom]") {
    std::string words = content_of(sample::hostile());
    const std::string lead = "<font color=\"warning\">第 2 次提醒，还剩 7 天</font>";
    words.erase(words.find(lead), lead.size());
    words.erase(words.find("<@lisi>"), 7);
    for (const auto* forbidden : {"<", "@all", "**", "[y]", "`"})
        CHECK(words.find(forbidden) == std::string::npos);
}

TEST_CASE("a digest is a table of the second Markdown", "[channels][wecom]") {
    const std::string words = content_of(sample::digest(2), "markdown_v2");
    CHECK(words.find("| 状态 | 事项 | 截止 |\n| :--- | :--- | :--- |\n| 还剩 7 天 | "
                     "[在岗期间职业健康检查 – 员工0](https://ohs.example.com/t/01K0) | "
                     "2026-11-30 |\n") != std::string::npos);
    CHECK(words.find("<font") == std::string::npos);
}

TEST_CASE("a message stays within the bytes of its form", "[channels][wecom]") {
    const std::string table = content_of(sample::long_one(), "markdown_v2");
    CHECK(table.size() <= wecom_markdown_bytes_max);
    CHECK(table.find("](" + sample::link + ")") != std::string::npos);
    CHECK(content_of(sample::digest(50), "markdown_v2").find("| … |") != std::string::npos);
    notice::Message wordy = sample::long_one();
    wordy.items.clear();
    CHECK(content_of(wordy).size() <= wecom_markdown_bytes_max);
    CHECK(content_of(wordy).find(sample::link) != std::string::npos);
    wordy.subject.zh_cn.assign(5'000, 'x');
    wordy.mentions = sample::calling().mentions;
    const auto call = wecom_robot_call(robot, wordy);
    REQUIRE(call);
    CHECK(sample::body_of(*call)["text"].at("content").as_string().size() <= wecom_text_bytes_max);
}

TEST_CASE("a card has the parts that WeCom asks for", "[channels][wecom]") {
    const HttpRequest sent = wecom_robot_request(carding, sample::message(), attempt);
    CHECK(
        sent.body ==
        R"({"msgtype":"template_card","template_card":{"card_type":"text_notice",)"
        R"("source":{"desc":"职业健康","desc_color":0},)"
        R"("main_title":{"title":"职业健康检查将到期","desc":"第 2 次提醒，还剩 7 天"},)"
        R"("sub_title_text":"[还剩 7 天] 职业健康检查 – 张三 – 2026-11-30",)"
        R"("horizontal_content_list":[{"keyname":"对象","value":"张三（喷砂车间）"},{"keyname":"截止","value":"2026-11-30"}],)"
        R"("jump_list":[{"type":1,"title":"查看并处理","url":"https://ohs.example.com/t/01K"}],)"
        R"("card_action":{"type":1,"url":"https://ohs.example.com/t/01K"}}})");
    notice::Message nowhere = sample::message();
    nowhere.actions.clear();  // a card must lead somewhere
    CHECK(sample::body_of(wecom_robot_request(carding, nowhere, attempt))["msgtype"] == "markdown");
}

TEST_CASE("a card keeps to the counts and lengths of WeCom", "[channels][wecom]") {
    notice::Message message = sample::message();
    message.title.zh_cn = std::string(100, 'x');
    for (int i = 0; i < 9; ++i) {
        message.lines.push_back({{"很长的一个名称", "a long name"}, {std::string(99, 'v'), "v"}});
        message.actions.push_back(message.actions[0]);
    }
    json::object card =
        sample::body_of(wecom_robot_request(carding, message, attempt))["template_card"]
            .as_object();
    CHECK(card["horizontal_content_list"].as_array().size() == 6);
    CHECK(card["jump_list"].as_array().size() == 3);
    CHECK(card["main_title"].at("title").as_string() == std::string(25, 'x') + "…");
    CHECK(card["horizontal_content_list"].as_array()[3].at("keyname") == "很长的一…");
}

TEST_CASE("after a card a short text calls people", "[channels][wecom]") {
    CHECK_FALSE(wecom_robot_call(carding, sample::message()));
    const auto call = wecom_robot_call(carding, sample::calling());
    REQUIRE(call);
    CHECK(call->body ==
          R"({"msgtype":"text","text":{"content":"[还剩 7 天] 职业健康检查 – 张三 – 2026-11-30",)"
          R"("mentioned_list":["lisi"],"mentioned_mobile_list":[]}})");
}

TEST_CASE("what the robot of WeCom answers is told apart", "[channels][wecom]") {
    const std::pair<int, const char*> codes[] = {
        {-1, "retry busy 30s"},
        {45009, "retry too_many 60s"},
        {45033, "retry too_many 60s"},
        {40001, "broken key_unknown"},
        {93000, "broken key_unknown"},
        {40003, "retry person_unknown without mentions"},
        {46004, "retry person_unknown without mentions"},
        {40007, "retry file_expired upload"},
        {40008, "rejected parameter"},
        {40035, "rejected parameter"},
        {40063, "rejected parameter"},
        {44004, "rejected parameter"},
        {45034, "rejected parameter"},
        {45002, "retry too_long shorten"},
        {40033, "rejected parameter"},
        {42001, "retry token_expired new token"},
        {40014, "retry token_expired new token"},
        {77777, "retry unknown_code"},
    };
    for (const auto& [code, expected] : codes) {
        CAPTURE(code);
        // Its words are not to be relied on: `ok` beside a code means nothing.
        const std::string body = R"({"errcode":)" + std::to_string(code) + R"(,"errmsg":"ok"})";
        CHECK(words_of(judge_wecom_robot(sample::ok(body))) == expected);
    }
    CHECK(words_of(judge_wecom_robot(sample::ok(R"({"errcode":0,"errmsg":"?"})"))) == "sent");
    for (const auto* body : {"", "ok", R"({"errmsg":"ok"})", R"({"errcode":null})", "[]", "{"})
        CHECK(words_of(judge_wecom_robot(sample::ok(body))) == "retry not_understood");
    CHECK(words_of(judge_wecom_robot(sample::answer(500, R"({"errcode":0})"))) ==
          "retry http_status");
}

TEST_CASE("a message of an app is a text card to named people", "[channels][wecom]") {
    CHECK(wecom_token_request(app).url.reveal() ==
          "https://qyapi.weixin.qq.com/cgi-bin/gettoken?corpid=C&corpsecret=S");
    const std::vector<std::string> users{"lisi", "wangwu"};
    const HttpRequest sent = wecom_app_request(app, users, sample::message(), attempt);
    CHECK(sent.url.reveal() == "https://qyapi.weixin.qq.com/cgi-bin/message/send?access_token=T");
    CHECK(
        sent.body ==
        R"({"touser":"lisi|wangwu","agentid":1000002,"msgtype":"textcard","textcard":{)"
        R"("title":"职业健康检查将到期",)"
        R"("description":"<div class=\"highlight\">第 2 次提醒，还剩 7 天</div>)"
        R"(<div class=\"gray\">对象：张三（喷砂车间）</div><div class=\"gray\">截止：2026-11-30</div>",)"
        R"("url":"https://ohs.example.com/t/01K","btntxt":"查看并处理"},)"
        R"("enable_duplicate_check":1,"duplicate_check_interval":1800})");
    json::object body = sample::body_of(wecom_app_request(app, users, sample::long_one(), attempt));
    CHECK(body["textcard"].at("description").as_string().size() <= 512);
}

TEST_CASE("people whom an app did not reach are named", "[channels][wecom]") {
    const Outcome some = judge_wecom_app(
        sample::ok(R"({"errcode":0,"errmsg":"ok","invaliduser":"wangwu|zhaoliu|","msgid":"m1"})"));
    CHECK(some.verdict == Verdict::sent);
    CHECK(some.receipt == "m1");
    CHECK(some.missed == std::vector<std::string>{"wangwu", "zhaoliu"});
    CHECK(words_of(judge_wecom_app(sample::ok(R"({"errcode":81013})"))) ==
          "rejected person_unknown");
    CHECK(words_of(judge_wecom_app(sample::ok(R"({"errcode":42001})"))) ==
          "retry token_expired new token");
    CHECK(read_access_token(
        sample::ok(R"({"errcode":0,"errmsg":"ok","access_token":"a","expires_in":7200})")));
}
