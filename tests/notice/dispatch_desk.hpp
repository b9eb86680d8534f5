#pragma once

#include <catch2/catch.hpp>
#include <set>

#include "engine/notice/dispatch/dispatcher.hpp"

/// A dispatcher with a plant around it, for the tests of what it decides.
namespace dutylog::notice::dispatch::test {

inline const calendar::Zone zone =
    *calendar::Zone::of("Asia/Shanghai", {{"CST-8", CivilDate{1992, 1, 1}, "test"}});
inline const calendar::WorkCalendar every_weekday = *calendar::WorkCalendar::of([] {
    calendar::CalendarLayers layers;
    layers.id = "cn";
    return layers;
}());
inline const SiteTime site{zone, every_weekday};

/// 2026-11-20 is a Friday.
inline Instant friday(int hour, int minute = 0) {
    return zone.instant(calendar::local_time(CivilDate{2026, 11, 20}, hour, minute));
}

inline const Outcome taken{};
inline const Outcome silence = unanswered("nobody answers");
inline const Outcome gone{.verdict = Verdict::rejected, .reason = std::string{reason_gone}};
inline const Outcome bad_token{.verdict = Verdict::channel_broken, .reason = "token"};

/// Mei is reached by a hook and then by mail, Omar by mail alone; Ana looks after the channels.
inline Contacts contacts() {
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
                            .planned = now,
                            .wanted = now},
                           site, now);
        return step();
    }
    /// Likewise what a ladder wanted to be told days ago.
    Desk& planned_late(const std::string& notice, const std::string& person) {
        dispatcher_.appear({.notice = notice,
                            .person = person,
                            .role = "owner",
                            .duty = "duty/" + notice,
                            .severity = Severity::critical,
                            .planned = now,
                            .wanted = now - hours(24 * 80)},
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
        for (; recorded_ < reports.size(); ++recorded_) dispatcher_.recorded(reports[recorded_].id);
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
    std::size_t recorded_ = 0;  ///< of `reports`
};

using Lines = std::vector<std::string>;

}  // namespace dutylog::notice::dispatch::test
