#include "tests/notice/dispatch_desk.hpp"

using namespace dutylog;
using namespace dutylog::notice;
using namespace dutylog::notice::dispatch;
using namespace dutylog::notice::dispatch::test;

TEST_CASE("after failures in a row one probe goes first, and its success opens the way",
          "[notice][dispatch]") {
    Contacts known = contacts();
    known.people["mei"].channels = {"hook"};
    known.channels["hook"].attempts_at_once = 8;
    Desk desk{known};
    for (int i = 0; i < 8; ++i)
        desk.planned("n" + std::to_string(i), "mei", Severity::info, "duty/" + std::to_string(i));
    CHECK(desk.begun().size() == 8);
    for (int i = 0; i < 8; ++i) desk.ends(silence);
    desk.later(seconds(29));
    CHECK(desk.begun().empty());
    desk.later(seconds(1));
    CHECK(desk.begun().size() == 1);
    desk.ends(taken);
    CHECK(desk.begun().size() == 7);
}

TEST_CASE("a long silence never makes a flood, and whoever waits behind it counts as failed",
          "[notice][dispatch]") {
    Contacts known = contacts();
    known.people["mei"].channels = {"hook"};
    Desk desk{known};
    for (int i = 0; i < 200; ++i)
        desk.planned("n" + std::to_string(i), "mei", Severity::info, "duty/" + std::to_string(i));
    desk.live(friday(20), silence);
    CHECK(desk.begun().size() < 70);
    std::set<std::string> told;
    for (const Report& report : desk.reports) told.insert(report.order.notice);
    CHECK(told.size() == 200);
}

TEST_CASE("no more attempts are under way than allowed, and endpoints take turns",
          "[notice][dispatch]") {
    Contacts known = contacts();
    known.channels["other"] = {.name = "other", .at_once = true};
    known.people["mei"].channels = {"hook"};
    known.people["omar"].channels = {"other"};
    Desk desk{known, {.attempts_max = 4}};
    for (int i = 0; i < 5; ++i)
        desk.planned("m" + std::to_string(i), "mei", Severity::info, "duty/" + std::to_string(i));
    for (int i = 0; i < 5; ++i)
        desk.planned("o" + std::to_string(i), "omar", Severity::info, "duty/" + std::to_string(i));
    CHECK(desk.begun() == Lines{"hook m0", "hook m1", "hook m2", "hook m3"});
    desk.ends(taken).ends(taken);
    CHECK(desk.begun() == Lines{"other o0", "hook m4"});
}

TEST_CASE("attempts on a robot begin so far apart as its maker allows", "[notice][dispatch]") {
    Contacts known = contacts();
    known.channels["hook"].spacing = seconds(3);
    Desk desk{known};
    desk.planned("n1").planned("m1", "mei", Severity::info, "duty/m");
    CHECK(desk.begun() == Lines{"hook n1"});
    desk.later(seconds(2));
    CHECK(desk.begun().empty());
    desk.later(seconds(1));
    CHECK(desk.begun() == Lines{"hook m1"});
}

TEST_CASE("while too much waits to be recorded, nothing new is begun", "[notice][dispatch]") {
    Desk desk{contacts(), {.unrecorded_max = 2}};
    desk.planned("n1").planned("m1", "mei", Severity::info, "duty/m").ends(taken).ends(taken);
    desk.planned("o1", "mei", Severity::info, "duty/o");
    CHECK(desk.begun() == Lines{"hook n1", "hook m1"});
    CHECK(desk.dispatcher().wake_up().value_or(friday(23)) > desk.now);
    CHECK(desk.all_recorded().begun() == Lines{"hook o1"});
}

TEST_CASE("more than it holds is left in the outbox", "[notice][dispatch]") {
    Dispatcher dispatcher{contacts(), {.waiting_max = 1}};
    const Waiting first{
        .notice = "n1", .person = "mei", .role = "owner", .duty = "duty/d", .planned = friday(8)};
    Waiting second = first;
    second.notice = "n2";
    CHECK(dispatcher.appear(first, site, friday(8)));
    CHECK_FALSE(dispatcher.appear(second, site, friday(8)));
    dispatcher.disappear("n1", "mei");
    CHECK(dispatcher.appear(second, site, friday(8)));
}

TEST_CASE("ten thousand endpoints that are down take turns and come back", "[notice][dispatch]") {
    Contacts known;
    for (int i = 0; i < 10'000; ++i) {
        const std::string name = std::to_string(i);
        known.channels[name] = {.name = name, .at_once = true};
        known.people["p" + name] = {.channels = {name}};
    }
    Desk desk{known};
    for (int i = 0; i < 10'000; ++i) desk.planned("n" + std::to_string(i), "p" + std::to_string(i));
    CHECK(desk.under_way.size() == 256);
    desk.live(friday(8, 10), silence);
    CHECK(desk.dispatcher().waiting() == 10'000);
    desk.live(friday(12), taken);
    CHECK(desk.dispatcher().waiting() == 0);
    std::set<std::string> delivered;
    for (const Report& report : desk.reports)
        if (report.arrived) delivered.insert(report.order.notice);
    CHECK(delivered.size() == 10'000);
}
