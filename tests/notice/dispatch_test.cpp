#include <catch2/catch.hpp>
#include <set>

#include "engine/notice/dispatch/dispatcher.hpp"

using namespace dutylog;
using namespace dutylog::notice;
using namespace dutylog::notice::dispatch;

namespace {

const calendar::Zone zone =
    *calendar::Zone::of("Asia/Shanghai", {{"CST-8", CivilDate{1992, 1, 1}, "test"}});
const calendar::WorkCalendar every_weekday = *calendar::WorkCalendar::of([] {
    calendar::CalendarLayers layers;
    layers.id = "cn";
    return layers;
}());
const SiteTime site{zone, every_weekday};

/// 2026-11-20 is a Friday.
Instant friday(int hour, int minute = 0) {
    return zone.instant(calendar::local_time(CivilDate{2026, 11, 20}, hour, minute));
}

const Outcome taken{};
const Outcome silence = unanswered("nobody answers");
const Outcome gone{.verdict = Verdict::rejected, .reason = std::string{reason_gone}};
const Outcome bad_token{.verdict = Verdict::channel_broken, .reason = "token"};

/// Mei is reached by a hook and then by mail, Omar by mail alone; Ana looks after the channels.
Contacts contacts() {
    Contacts all;
    all.channels["hook"] = {.name = "hook", .at_once = true, .owner = "ana"};
    all.channels["mail"] = {.name = "mail", .family = Family::mail, .order_by_person = true};
    all.people["mei"] = {.channels = {"hook", "mail"}};
    all.people["omar"] = {.channels = {"mail"}};
    all.people["ana"] = {.channels = {"mail"}};
    return all;
}

/// A dispatcher that is driven by hand.
class Desk {
public:
    explicit Desk(Contacts known = contacts(), DispatchLimits limits = {})
        : dispatcher_{std::move(known), limits} {}

    Desk& planned(const std::string& notice, const std::string& person = "mei",
                  Severity severity = Severity::info, const std::string& duty = "duty/d") {
        dispatcher_.appear({.notice = notice,
                            .person = person,
                            .role = "owner",
                            .duty = duty,
                            .severity = severity,
                            .planned = now},
                           site, now);
        return step();
    }
    Desk& at(Instant time) {
        now = time;
        return step();
    }
    Desk& later(Elapsed time) { return at(now + time); }
    /// Lets the oldest attempt under way end so.
    Desk& ends(const Outcome& outcome) {
        const Attempt attempt = under_way.front();
        under_way.erase(under_way.begin());
        dispatcher_.ended(attempt.number, outcome, {"msg_" + attempt.key, sha256(attempt.key)}, now,
                          0);
        return step();
    }
    Desk& all_recorded() {
        for (const Report& report : reports) dispatcher_.recorded(report.id);
        return step();
    }
    Desk& gone_from_outbox(const std::string& notice, const std::string& person = "mei") {
        dispatcher_.disappear(notice, person);
        return step();
    }
    /// Goes on to each next thing to do until `until`, answering every attempt so.
    Desk& live(Instant until, const Outcome& outcome) {
        for (;;) {
            while (!under_way.empty()) ends(outcome).all_recorded();
            const auto next = dispatcher_.wake_up();
            if (!next || *next > until) return at(until);
            at(std::max(now, *next));
        }
    }

    /// `hook n1`, `mail n1+n2`, in the order they were begun; each is told once.
    std::vector<std::string> begun() {
        std::vector<std::string> lines;
        for (const Attempt& each : begun_) {
            std::string line = each.channel + " ";
            for (const std::string& notice : each.notices)
                line += (&notice == &each.notices.front() ? "" : "+") + notice;
            lines.push_back(each.off.empty() ? line
                                             : line + "off " + each.off + " to " + each.person);
        }
        begun_.clear();
        return lines;
    }
    /// `n1 sent`, `n1 sent, delivered`, `n1 failed`
    std::vector<std::string> facts() const {
        static const std::map<pdca::Delivery, std::string> words{
            {pdca::Delivery::sent, "sent"}, {pdca::Delivery::failed, "failed"}};
        std::vector<std::string> lines;
        for (const Report& each : reports)
            lines.push_back(each.order.notice + " " + words.at(each.order.outcome) +
                            (each.arrived ? ", delivered" : ""));
        return lines;
    }

    Instant now = friday(8);
    std::vector<Attempt> under_way;
    std::vector<Report> reports;
    std::vector<SwitchedOff> off;
    Dispatcher& dispatcher() { return dispatcher_; }

private:
    Desk& step() {
        Orders orders = dispatcher_.next(now);
        for (const Attempt& each : orders.attempts) {
            under_way.push_back(each);
            begun_.push_back(each);
        }
        for (Report& each : orders.reports) reports.push_back(std::move(each));
        for (SwitchedOff& each : orders.off) off.push_back(std::move(each));
        return *this;
    }

    Dispatcher dispatcher_;
    std::vector<Attempt> begun_;
};

using Lines = std::vector<std::string>;

}  // namespace

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
    CHECK(desk.begun() == Lines{"mail n2"});
    INFO("nothing is sent to it any more");
    desk.planned("n3", "mei", Severity::critical, "duty/other");
    CHECK(desk.begun() == Lines{"mail n3"});
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
    desk.ends(bad_token).all_recorded();
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

TEST_CASE("a channel whose configuration is wrong stops; who has no other is on the record",
          "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1", "omar", Severity::critical).planned("n2", "omar", Severity::critical);
    desk.ends(bad_token);
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

TEST_CASE("what falls into one slot is one digest, what is critical goes alone and at once",
          "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1", "omar").planned("n2", "omar", Severity::warning, "duty/m");
    desk.planned("n3", "omar", Severity::critical);
    CHECK(desk.begun() == Lines{"mail n3"});
    desk.ends(taken).all_recorded().at(friday(9));
    CHECK(desk.begun() == Lines{"mail n1+n2"});
    CHECK(desk.under_way.front().is_digest());
    desk.reports.clear();
    desk.ends(taken);
    CHECK(desk.facts() == Lines{"n1 sent, delivered", "n2 sent, delivered"});
}

TEST_CASE("who wants no digests gets each thing by itself, at the same times",
          "[notice][dispatch]") {
    Dispatcher dispatcher{contacts()};
    for (const char* notice : {"n1", "n2"})
        dispatcher.appear({.notice = notice,
                           .person = "omar",
                           .role = "owner",
                           .duty = "duty/d",
                           .planned = friday(8),
                           .by_itself = true},
                          site, friday(8));
    CHECK(dispatcher.next(friday(8, 59)).attempts.empty());
    const Orders orders = dispatcher.next(friday(9));
    REQUIRE(orders.attempts.size() == 1);  // the second is of the same duty and waits for the first
    CHECK(orders.attempts[0].notices == Lines{"n1"});
}

TEST_CASE("what has become needless is not sent; a digest speaks of what is left",
          "[notice][dispatch]") {
    Desk desk;
    desk.planned("n1", "omar").planned("n2", "omar").planned("n3", "omar");
    desk.gone_from_outbox("n2", "omar").at(friday(9));
    CHECK(desk.begun() == Lines{"mail n1+n3"});
    desk.gone_from_outbox("n1", "omar").ends(silence).later(minutes(2));
    INFO("an attempt that is made again says the same");
    CHECK(desk.begun() == Lines{"mail n1+n3"});
    desk.gone_from_outbox("n3", "omar").ends(silence).later(hours(2));
    CHECK(desk.begun().empty());
    CHECK(desk.facts() == Lines{"n3 failed"});
}

TEST_CASE("the same notices give the same digest after a restart", "[notice][dispatch]") {
    const auto key = [](Elapsed late) {
        Desk desk;
        desk.planned("n1", "omar").planned("n2", "omar").at(friday(9) + late);
        return desk.under_way.front().key;
    };
    CHECK(key(seconds(0)) == key(hours(3)));
}

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
