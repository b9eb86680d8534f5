#include "adapters/channels/inbox.hpp"

#include <catch2/catch.hpp>

#include "tests/adapters/channels/sample.hpp"

using namespace dutylog;
using namespace dutylog::channels;

TEST_CASE("the inbox keeps a message in both languages", "[channels][inbox]") {
    notice::Message message = sample::message();
    message.actions[0].url = "https://x/";
    message.lines.resize(1);
    CHECK(
        boost::json::serialize(inbox_entry(message, sample::at)) ==
        R"({"id":"ntc_01K","kind":"reminder","severity":"warning","at":"2026-11-22T00:00:00Z",)"
        R"("title":{"zh-CN":"职业健康检查将到期","en":"Health examination due"},)"
        R"("lead":{"zh-CN":"第 2 次提醒，还剩 7 天","en":"Reminder 2, 7 days left"},)"
        R"~("lines":[{"name":{"zh-CN":"对象","en":"For"},"value":{"zh-CN":"张三（喷砂车间）","en":"张三 (Blasting shop)"}}],)~"
        R"("actions":[{"label":{"zh-CN":"查看并处理","en":"Open"},"url":"https://x/"}]})");
}

TEST_CASE("a digest in the inbox lists its duties", "[channels][inbox]") {
    const auto entry = inbox_entry(sample::digest(3), sample::at);
    CHECK(entry.at("kind") == "digest");
    REQUIRE(entry.at("items").as_array().size() == 3);
    CHECK(entry.at("items").as_array()[2].at("due") == "2026-11-30");
}
