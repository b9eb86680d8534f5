#include "tests/notice/dispatch_desk.hpp"

using namespace dutylog;
using namespace dutylog::notice;
using namespace dutylog::notice::dispatch;
using namespace dutylog::notice::dispatch::test;

TEST_CASE("what a program reads goes out at once, and what came of it is reported after",
          "[notice][dispatch]") {
    Desk desk;
    CHECK(desk.planned("n1").begun() == Lines{"hook n1"});
    CHECK(desk.reports.empty());
    desk.ends(taken);
    CHECK(desk.facts() == Lines{"n1 sent, delivered"});
    CHECK(desk.reports[0].order.content == sha256("n1"));
    CHECK(desk.reports[0].order.channel == "hook");
    desk.all_recorded();
    CHECK(desk.dispatcher().waiting() == 0);
}

TEST_CASE("messages of one duty go one after the other, of two duties beside each other",
          "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1").planned("n2").planned("m1", "mei", Severity::info, "duty/m");
    CHECK(desk.begun() == Lines{"hook n1", "hook m1"});
    desk.ends(silence);
    CHECK(desk.begun().empty());
    desk.later(seconds(10));
    CHECK(desk.begun() == Lines{"hook n1"});
    desk.ends(taken).ends(taken);
    INFO("the next of a duty waits until the success of the one before is durable");
    CHECK(desk.begun().empty());
    CHECK(desk.all_recorded().begun() == Lines{"hook n2"});
}

TEST_CASE("a message keeps its key on every attempt, and its success is one command",
          "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1");
    const Attempt first = desk.under_way.front();
    desk.ends(silence).later(seconds(10));
    CHECK(desk.under_way.front().key == first.key);
    CHECK(desk.under_way.front().first == first.first);
    CHECK(desk.under_way.front().number != first.number);
    desk.ends(taken);

    Desk after_restart;
    after_restart.later(hours(1)).planned("n1").ends(taken);
    CHECK(after_restart.reports[0].id == desk.reports.back().id);
    CHECK(after_restart.reports[0].order.content == desk.reports.back().order.content);
}

TEST_CASE("after two failures the next channel of the person is tried", "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1").ends(silence).later(seconds(10)).ends(silence);
    CHECK(desk.begun() == Lines{"hook n1", "hook n1", "mail n1"});
    desk.ends(silence);
    CHECK(desk.facts() == Lines{"n1 failed", "n1 failed", "n1 failed"});
    INFO("each failure is a fact of its own");
    std::set<CommandId> ids;
    for (const Report& report : desk.reports) ids.insert(report.id);
    CHECK(ids.size() == 3);
}

TEST_CASE("the words of a receiver are not kept, since they may repeat what it was sent",
          "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1").ends({.verdict = Verdict::retry,
                             .reason = "http_status",
                             .detail = "HTTP 500: no such worker: Zhang San"});
    CHECK(desk.reports[0].order.detail == "http_status: HTTP 500");
}

TEST_CASE("a receiver's answer that only asks for a change is no failure", "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1").ends(
        {.verdict = Verdict::retry, .reason = "too_long", .repair = Repair::shorten});
    CHECK(desk.begun() == Lines{"hook n1", "hook n1"});
    CHECK(desk.under_way.front().repairs == std::vector{Repair::shorten});
    CHECK(desk.reports.empty());
}

TEST_CASE(
    "an endpoint that is gone is switched off, its owner told another way, and its messages "
    "go on by the next channel",
    "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1").planned("n2").ends(gone);
    CHECK(desk.off.size() == 1);
    CHECK(desk.off[0].position == EndpointHealth::Switch::off_gone);
    CHECK(desk.begun() == Lines{"hook n1", "mail n1", "mail off hook to ana"});
    desk.ends(taken).all_recorded();
    INFO("nothing is sent to it any more");
    desk.planned("n3", "mei", Severity::critical, "duty/other").later(minutes(10));
    CHECK(desk.begun() == Lines{"mail n2+n3"});
}

TEST_CASE(
    "a channel that the log says is off is not tried after a restart, and its owner is told "
    "again under the same id",
    "[notice][dispatch]") {
    const std::map<std::string, SwitchedOff> known{
        {"hook", {"hook", EndpointHealth::Switch::off_gone, "gone", friday(7)}}};
    Desk desk;
    desk.dispatcher().follow(known, desk.now);
    desk.planned("n1", "mei", Severity::critical);
    CHECK(desk.begun() == Lines{"mail off hook to ana", "mail n1"});
    CHECK(desk.off.empty());
    CHECK(desk.dispatcher().channels_off() == 1);
    const std::string key = desk.under_way.front().key;
    Desk again;
    again.dispatcher().follow(known, again.now);
    CHECK(again.at(again.now).under_way.front().key == key);
}

TEST_CASE("a channel that is switched on again is used again, and what had no way goes out",
          "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1", "omar", Severity::critical).planned("n2", "omar", Severity::critical);
    desk.ends(bad_token).later(minutes(10)).all_recorded();
    REQUIRE(desk.off.size() == 1);
    desk.begun();
    INFO("that it is off is not on the record yet: it stays off");
    desk.dispatcher().follow({}, desk.now);
    CHECK(desk.at(desk.now).begun().empty());
    desk.dispatcher().follow({{"mail", desk.off.front()}}, desk.now);
    CHECK(desk.at(desk.now).begun().empty());
    desk.dispatcher().follow({}, desk.now);
    CHECK(desk.at(desk.now).begun() == Lines{"mail n1+n2"});
    CHECK(desk.dispatcher().channels_off() == 0);
}

TEST_CASE("what had no way goes out in the order in which it was planned", "[notice][dispatch]") {
    Contacts known = contacts();
    known.people["mei"] = {.channels = {"hook"}};
    Desk desk{known};
    desk.planned("n9").ends(bad_token).all_recorded();
    REQUIRE(desk.off.size() == 1);
    desk.ends(taken);  // ana knows
    desk.dispatcher().follow({{"hook", desk.off.front()}}, desk.now);
    desk.planned("n10").planned("n8").all_recorded().begun();
    desk.dispatcher().follow({}, desk.now);
    CHECK(desk.at(desk.now).begun() == Lines{"hook n9"});
    CHECK(desk.ends(taken).all_recorded().begun() == Lines{"hook n10"});
    CHECK(desk.ends(taken).all_recorded().begun() == Lines{"hook n8"});
}

TEST_CASE("a channel whose configuration is wrong stops; who has no other is on the record",
          "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1", "omar", Severity::critical).planned("n2", "omar", Severity::critical);
    desk.later(minutes(10)).ends(bad_token);
    CHECK(desk.facts() == Lines{"n1 failed", "n2 failed"});
    CHECK(desk.reports[1].order.detail == "channel_off");
    CHECK(desk.planned("n3", "omar", Severity::critical).facts().back() == "n3 failed");
    CHECK(desk.reports.back().order.detail == "no_channel");
    CHECK(desk.under_way.empty());
}

TEST_CASE("who is not named anywhere cannot be reached, which is on the record once",
          "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1", "zoe").planned("n1", "zoe").later(hours(1));
    CHECK(desk.facts() == Lines{"n1 failed"});
    CHECK(desk.begun().empty());
}
