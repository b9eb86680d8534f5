#include "engine/notice/compose.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/notice/sample.hpp"

using namespace dutylog;
using namespace dutylog::notice;

namespace {

/// Every word of a message in both languages, one after the other.
std::string words_of(const Message& message) {
    std::string all;
    const auto add = [&](const Text& text) { all += text.zh_cn + "\n" + text.en + "\n"; };
    add(message.title);
    add(message.lead);
    add(message.subject);
    for (const Line& line : message.lines) {
        add(line.name);
        add(line.value);
    }
    for (const Item& item : message.items) {
        add(item.what);
        add(item.state);
        all += item.due + "\n";
    }
    for (const Action& action : message.actions) add(action.label);
    for (const auto& [name, value] : message.values) add(value);
    return all;
}

bool says(const Message& message, std::string_view words) {
    return words_of(message).find(words) != std::string::npos;
}

NoticeFacts with_days(std::int32_t days, std::uint16_t ordinal, Kind kind = Kind::reminder) {
    NoticeFacts facts = sample::examination();
    facts.days_left = days;
    facts.ordinal = ordinal;
    facts.kind = kind;
    facts.notice += "." + std::to_string(ordinal) + "." + std::to_string(days);
    return facts;
}

}  // namespace

TEST_CASE("a reminder says what, whom, when, how long and which one", "[notice][words]") {
    const Message message = sample::message();
    CHECK(message.title ==
          Text{"在岗期间职业健康检查将到期", "In-post health examination is due soon"});
    CHECK(message.lead == Text{"第 2 次提醒，还剩 7 天", "Reminder 2, 7 days left"});
    CHECK(message.subject ==
          Text{"[还剩 7 天] 在岗期间职业健康检查 – 张三（喷砂车间） – 2026-11-30",
               "[7 days left] In-post health examination – 张三 (Blasting shop) – 2026-11-30"});
    REQUIRE(message.lines.size() == 4);
    CHECK(line_text(message.lines[1], Language::zh_cn) == "对象：张三（喷砂车间）");
    CHECK(line_text(message.lines[2], Language::en) == "Due: 2026-11-30");
    REQUIRE(message.actions.size() == 4);
    CHECK(message.actions[0].url == "https://ohs.example.com/t/01K");
    CHECK(message.severity == Severity::warning);
    CHECK(message.thread == message_id(sample::examination().first_notice, "lisi"));
    CHECK(message.values.at("days").zh_cn == "7");
    CHECK(message.values.at("item").zh_cn == "在岗期间职业健康检查");
}

TEST_CASE("days are counted in words of both languages", "[notice][words]") {
    CHECK(days_text(2) == Text{"还剩 2 天", "2 days left"});
    CHECK(days_text(1) == Text{"还剩 1 天", "1 day left"});
    CHECK(days_text(0) == Text{"今天到期", "due today"});
    CHECK(days_text(-1) == Text{"已逾期 1 天", "1 day overdue"});
    CHECK(days_text(-30) == Text{"已逾期 30 天", "30 days overdue"});
    CHECK(days_text(INT32_MIN).zh_cn == "已逾期 2147483648 天");
}

TEST_CASE("no two messages of a series have the same words", "[notice][words]") {
    std::set<std::string> seen;
    std::uint16_t ordinal = 0;
    for (const std::int32_t days : {30, 7, 1, 0, -1, -2, -2}) {
        const Kind kind = days < 0 ? Kind::escalation : Kind::reminder;
        seen.insert(words_of(compose(with_days(days, ++ordinal, kind), sample::person())));
    }
    CHECK(seen.size() == 7);
}

TEST_CASE("how grave it is follows from the days and the kind", "[notice][words]") {
    const auto severity = [](const NoticeFacts& facts) {
        return compose(facts, sample::person()).severity;
    };
    CHECK(severity(with_days(30, 1)) == Severity::info);
    CHECK(severity(with_days(7, 1)) == Severity::warning);
    CHECK(severity(with_days(-1, 1)) == Severity::warning);
    CHECK(severity(with_days(-1, 1, Kind::escalation)) == Severity::critical);
    CHECK(severity(with_days(30, 1, Kind::vacancy)) == Severity::warning);
    NoticeFacts grave = with_days(30, 1);
    grave.critical = true;
    CHECK(severity(grave) == Severity::critical);
    CHECK(compose(grave, sample::person()).lead ==
          Text{"紧急：第 1 次提醒，还剩 30 天", "Urgent: Reminder 1, 30 days left"});
}

TEST_CASE("a group reads no names of people unless policy lets it", "[notice][words]") {
    Reader group = sample::group();
    CHECK_FALSE(says(compose(sample::examination(), group), "张三"));
    CHECK(says(compose(sample::examination(), group), "1 人"));
    group.names_in_groups = true;
    CHECK(says(compose(sample::examination(), group), "张三"));
    NoticeFacts asset = sample::examination();
    asset.subject = "LEV-07";
    asset.subject_is_person = false;
    CHECK(says(compose(asset, sample::group()), "LEV-07"));
}

TEST_CASE("a group gets no links that act for one person", "[notice][words]") {
    const Message message = compose(sample::examination(), sample::group());
    REQUIRE(message.actions.size() == 1);
    CHECK(message.actions[0].url == sample::examination().open_url);
}

TEST_CASE("a title that says something of health is said to nobody", "[notice][words]") {
    NoticeFacts facts = sample::examination();
    facts.duty = {"疑似职业病诊断", "Diagnosis of a suspected occupational disease"};
    facts.step = {"复查", "Re-examination"};
    facts.discreet = true;
    Reader group = sample::group();
    group.names_in_groups = true;
    for (const Reader& reader : {sample::person(), group}) {
        const Message message = compose(facts, reader);
        for (const auto* word : {"疑似", "诊断", "复查", "Diagnosis", "suspected", "Re-exam"})
            CHECK_FALSE(says(message, word));
        CHECK(says(message, "职业健康事项"));
    }
    CHECK_FALSE(says(compose(facts, group), "张三"));  // a name beside it would say it too
    const NoticeFacts two[] = {facts, sample::examination()};
    CHECK_FALSE(says(compose_digest(two, group, "d", ""), "诊断"));
}

TEST_CASE("each kind of notice has words of its own", "[notice][words]") {
    std::set<std::string> titles;
    for (const Kind kind :
         {Kind::reminder, Kind::assignment, Kind::decision, Kind::gate, Kind::vacancy,
          Kind::undelivered, Kind::more_time_granted, Kind::more_time_refused}) {
        const Message message = compose(with_days(3, 1, kind), sample::person());
        CHECK(message.title.zh_cn.starts_with("在岗期间职业健康检查"));
        CHECK(message.title.en.starts_with("In-post health examination"));
        titles.insert(message.title.zh_cn);
        titles.insert(message.title.en);
    }
    CHECK(titles.size() == 16);
}

TEST_CASE("an answer says who decided; and why, where the duty is about nobody",
          "[notice][words]") {
    NoticeFacts facts = with_days(3, 1, Kind::more_time_refused);
    facts.decided_by = "李四";
    facts.reason = "配件已到";
    facts.subject_is_person = false;
    const Message open = compose(facts, sample::person());
    CHECK(open.title.en.ends_with(": more time was refused"));
    CHECK(says(open, "李四"));
    CHECK(says(open, "配件已到"));
    facts.subject_is_person = true;
    CHECK(says(compose(facts, sample::person()), "李四"));
    CHECK_FALSE(says(compose(facts, sample::person()), "配件已到"));
    facts.subject_is_person = false;
    facts.discreet = true;
    CHECK_FALSE(says(compose(facts, sample::person()), "配件已到"));
}

TEST_CASE("what was typed with line breaks and marks is one plain line", "[notice][words]") {
    NoticeFacts facts = sample::examination();
    facts.subject = "张\r\nBcc: all@example.com\u202e三";
    CHECK(says(compose(facts, sample::person()), "张 Bcc: all@example.com三（喷砂车间）"));
}

TEST_CASE("a digest puts first what is longest overdue and counts what is left out",
          "[notice][words]") {
    std::vector<NoticeFacts> all;
    for (const std::int32_t days : {5, -3, 0, -10})
        all.push_back(with_days(days, static_cast<std::uint16_t>(all.size() + 1)));
    all.push_back(sample::examination());
    all.back().due.reset();
    const Message few = compose_digest(all, sample::person(), "lisi/mail/1", "https://x.example/");
    CHECK(few.title == Text{"5 项待办", "5 things to do"});
    CHECK(few.lead == Text{"已逾期 2 项，其余 3 项", "2 overdue, 3 to come"});
    REQUIRE(few.items.size() == 5);
    CHECK(few.items[0].state.zh_cn == "已逾期 10 天");
    CHECK(few.items[1].state.zh_cn == "已逾期 3 天");
    CHECK(few.items[4].due.empty());
    CHECK(few.lines.empty());

    for (int i = 0; i < 20; ++i) all.push_back(with_days(40 + i, 1));
    const Message many = compose_digest(all, sample::person(), "lisi/mail/2", "");
    CHECK(many.items.size() == digest_items_max);
    REQUIRE(many.lines.size() == 1);
    CHECK(line_text(many.lines[0], Language::en) == "Not listed: 5 things to do");
    CHECK(many.actions.empty());
    CHECK(many.id != few.id);
}

TEST_CASE("the id of a message is one for each notice and person", "[notice][words]") {
    CHECK(message_id("n", "p") == message_id("n", "p"));
    CHECK(message_id("n1", "p") != message_id("n", "1p"));
    CHECK(message_id("n", "p") != message_id("n", "q"));
    CHECK(message_id("n", "p").size() == 36);
    CHECK(message_id("n", "p").find('.') == std::string::npos);
}
