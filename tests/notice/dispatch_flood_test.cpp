#include "tests/notice/dispatch_desk.hpp"

using namespace dutylog;
using namespace dutylog::notice;
using namespace dutylog::notice::dispatch;
using namespace dutylog::notice::dispatch::test;

namespace {

/// So many people, reached by a mail server that takes one mail at a time.
Contacts slow_mail(int people) {
    Contacts all;
    all.channels["mail"] = {
        .name = "mail", .family = Family::mail, .order_by_person = true, .attempts_at_once = 1};
    for (int i = 0; i < people; ++i) all.people["p" + std::to_string(i)] = {.channels = {"mail"}};
    return all;
}

Desk& critical(Desk& desk, const std::string& notice, const std::string& person = "omar") {
    return desk.planned(notice, person, Severity::critical, "duty/" + notice);
}

std::size_t count_of(const Lines& facts, const std::string& end) {
    return static_cast<std::size_t>(
        std::ranges::count_if(facts, [&](const std::string& line) { return line.ends_with(end); }));
}

}  // namespace

TEST_CASE("the first critical message goes at once, what comes in the next ten minutes as a digest",
          "[notice][dispatch][flood]") {
    Desk desk;
    CHECK(critical(desk, "n1").begun() == Lines{"mail n1"});
    desk.ends(taken).all_recorded().later(minutes(1));
    critical(desk, "n2").later(minutes(5));
    critical(desk, "n3").at(friday(8, 9));
    CHECK(desk.begun().empty());
    CHECK(desk.dispatcher().wake_up() == friday(8, 10));
    CHECK(desk.at(friday(8, 10)).begun() == Lines{"mail n2+n3"});
    INFO("and so on from the digest on");
    desk.ends(taken).all_recorded().later(minutes(9));
    CHECK(critical(desk, "n4").begun().empty());
    CHECK(desk.later(minutes(1)).begun() == Lines{"mail n4"});
    desk.ends(taken).all_recorded().later(minutes(10));
    CHECK(critical(desk, "n5").begun() == Lines{"mail n5"});
}

TEST_CASE("what is critical gathers for each person and channel by itself",
          "[notice][dispatch][flood]") {
    Contacts known = contacts();
    known.channels["robot"] = {.name = "robot", .family = Family::chat};
    known.people["zoe"] = {.channels = {"robot"}};
    Desk desk{known};
    critical(desk, "n1");
    critical(desk, "a1", "ana");
    critical(desk, "z1", "zoe");
    CHECK(desk.begun() == Lines{"mail n1", "mail a1", "robot z1"});
    INFO("a program reads each thing by itself");
    critical(desk, "m1", "mei");
    CHECK(critical(desk, "m2", "mei").begun() == Lines{"hook m1", "hook m2"});
}

TEST_CASE("quiet hours do not hold what is critical, nor the digest it gathers in",
          "[notice][dispatch][flood]") {
    Desk desk;
    desk.at(friday(23));
    CHECK(critical(desk, "n1").begun() == Lines{"mail n1"});
    critical(desk, "n2");
    critical(desk, "n3");
    CHECK(desk.ends(taken).all_recorded().at(friday(23, 10)).begun() == Lines{"mail n2+n3"});
}

TEST_CASE("what is critical does not wait for a digest of what is not",
          "[notice][dispatch][flood]") {
    Desk desk;
    desk.planned("n1", "omar", Severity::info, "duty/m").planned("n2", "omar").at(friday(9));
    CHECK(desk.begun() == Lines{"mail n1+n2"});
    CHECK(critical(desk, "n3").begun() == Lines{"mail n3"});
}

TEST_CASE("what has become needless while it gathered is not sent", "[notice][dispatch][flood]") {
    Desk desk;
    critical(desk, "n1").ends(taken).all_recorded().begun();
    critical(desk, "n2");
    critical(desk, "n3").gone_from_outbox("n3", "omar").at(friday(8, 10));
    CHECK(desk.begun() == Lines{"mail n2"});
}

TEST_CASE("who wants no digests gets each critical thing by itself and at once",
          "[notice][dispatch][flood]") {
    Dispatcher dispatcher{contacts()};
    for (const char* notice : {"n1", "n2"})
        dispatcher.appear({.notice = notice,
                           .person = "omar",
                           .role = "owner",
                           .duty = std::string{"duty/"} + notice,
                           .severity = Severity::critical,
                           .planned = friday(8),
                           .wanted = friday(8),
                           .by_itself = true},
                          site, friday(8));
    CHECK(dispatcher.next(friday(8)).attempts.size() == 2);
}

TEST_CASE("after a downtime the first thing a person reads is a digest of what was missed",
          "[notice][dispatch][flood]") {
    Desk desk;
    desk.planned_late("n1", "omar").planned_late("n2", "omar").later(seconds(30));
    desk.planned_late("n3", "omar");
    INFO("what happens meanwhile goes with it");
    critical(desk, "n4");
    CHECK(desk.begun().empty());
    CHECK(desk.at(friday(8, 1)).begun() == Lines{"mail n1+n2+n3+n4"});
    INFO("what is found to be missed later gathers in its turn");
    desk.ends(taken).all_recorded().planned_late("n5", "omar").planned_late("n6", "omar");
    CHECK(desk.at(friday(8, 10)).begun().empty());
    CHECK(desk.at(friday(8, 11)).begun() == Lines{"mail n5+n6"});
}

TEST_CASE("two thousand overdue things of forty people are a few messages for each",
          "[notice][dispatch][flood]") {
    Desk desk{slow_mail(40)};
    for (int i = 0; i < 2'000; ++i)
        critical(desk, "n" + std::to_string(i), "p" + std::to_string(i % 40));
    desk.live(friday(9), taken);
    CHECK(desk.begun().size() == 2 * 40);
    CHECK(desk.dispatcher().waiting() == 0);
    CHECK(count_of(desk.facts(), " failed") == 0);
}

TEST_CASE("what a program refused comes to its person as one message and a digest",
          "[notice][dispatch][flood]") {
    Desk desk;
    for (int i = 0; i < 50; ++i) critical(desk, "n" + std::to_string(i), "mei");
    CHECK(desk.begun() == Lines{"hook n0", "hook n1", "hook n2", "hook n3"});
    for (int i = 0; i < 4; ++i) desk.ends(gone);
    desk.live(friday(9), taken);
    const Lines told = desk.begun();
    REQUIRE(told.size() == 3);
    CHECK(told[0] == "mail n0");
    CHECK(told[1] == "mail off hook to ana");
    CHECK(std::ranges::count(told[2], '+') == 48);
}

TEST_CASE("nothing counts as failed while a slow channel takes one after the other",
          "[notice][dispatch][flood]") {
    Desk desk{slow_mail(100)};
    for (int i = 0; i < 100; ++i) critical(desk, "n" + std::to_string(i), "p" + std::to_string(i));
    for (int i = 0; i < 100; ++i) desk.later(minutes(5)).ends(taken).all_recorded();
    CHECK(desk.now > friday(16));
    CHECK(count_of(desk.facts(), " sent, delivered") == 100);
    CHECK(count_of(desk.facts(), " failed") == 0);
}

TEST_CASE("an hour after a channel took its last message, what waits for it counts as failed",
          "[notice][dispatch][flood]") {
    Desk desk{slow_mail(3)};
    for (int i = 0; i < 3; ++i) critical(desk, "n" + std::to_string(i), "p" + std::to_string(i));
    desk.later(minutes(50)).ends(taken).all_recorded();
    desk.at(friday(9, 49));
    CHECK(count_of(desk.facts(), " failed") == 0);
    desk.at(friday(9, 50));
    CHECK(desk.facts() == Lines{"n0 sent, delivered", "n2 failed"});
    CHECK(desk.reports.back().order.detail == "untried");
}

TEST_CASE("what waits behind a message of its duty that fails counts as failed after an hour",
          "[notice][dispatch][flood]") {
    Contacts known = contacts();
    known.people["mei"].channels = {"hook"};
    Desk desk{known};
    desk.planned("n1").planned("n2").ends(silence);
    for (int i = 0; i < 6; ++i) {
        const std::string other = "m" + std::to_string(i);
        desk.planned(other, "mei", Severity::info, "duty/" + other).at(desk.now);
        while (!desk.under_way.empty())
            desk.ends(desk.under_way.front().notices.front() == "n1" ? silence : taken);
        desk.all_recorded().later(minutes(11));
    }
    CHECK(std::ranges::count(desk.facts(), "n2 failed") == 1);
}

TEST_CASE("what waited its turn for a day counts as failed, so that the ladder goes on",
          "[notice][dispatch][flood]") {
    Desk desk{slow_mail(60)};
    for (int i = 0; i < 60; ++i) critical(desk, "n" + std::to_string(i), "p" + std::to_string(i));
    for (int i = 0; i < 47; ++i) desk.later(minutes(30)).ends(taken).all_recorded();
    CHECK(count_of(desk.facts(), " failed") == 0);
    desk.later(minutes(30));
    CHECK(count_of(desk.facts(), " failed") == 12);
}

TEST_CASE("nobody is remembered for whom nothing gathers any more", "[notice][dispatch][flood]") {
    Gathering gathering{minutes(10)};
    for (int i = 0; i < 1'000; ++i)
        gathering.gather({std::to_string(i), "mail"}, friday(8, i / 20), friday(8, 10 + i / 20));
    CHECK(gathering.size() == 200);
    CHECK(gathering.end({"999", "mail"}, friday(8, 50)) == friday(8, 59));
    CHECK_FALSE(gathering.end({"999", "mail"}, friday(8, 59)));
    INFO("a clock that ran back holds nobody for years");
    CHECK_FALSE(gathering.end({"999", "mail"}, friday(7)));
    gathering.gather({"999", "mail"}, friday(7), friday(7, 10));
    CHECK(gathering.end({"999", "mail"}, friday(7)) == friday(7, 10));
    CHECK(gathering.size() == 200);
}
