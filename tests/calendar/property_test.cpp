// Statements that hold for any day, any rule, any zone; a failure prints how to play it again.
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "engine/calendar/due.hpp"
#include "engine/calendar/explain.hpp"
#include "engine/calendar/repeat.hpp"
#include "tests/calendar/data.hpp"

using namespace dutylog;
using namespace dutylog::calendar;
using namespace dutylog::calendar::test;

namespace {

CivilDate any_day() {
    return CivilDate{*rc::gen::inRange(CivilDate{2023, 6, 1}.days, CivilDate{2027, 6, 1}.days)};
}

Instant any_instant() {
    const auto from = moment("1996-01-02T00:00Z").micros;
    return {*rc::gen::inRange<std::int64_t>(from, moment("2037-12-31T00:00Z").micros)};
}

Period any_period_of_days() {
    const auto unit = *rc::gen::element(PeriodUnit::days, PeriodUnit::weeks, PeriodUnit::months,
                                        PeriodUnit::years, PeriodUnit::working_days);
    return {*rc::gen::inRange(0, 61), unit};
}

const WorkCalendar& any_calendar() {
    return work_calendar(
        *rc::gen::element<std::string>("cn", "cn-six-days", "cn-example-plant", "week-sun-thu"));
}

const Zone& any_zone() { return zones()[*rc::gen::inRange<std::size_t>(0, zones().size())]; }

DueRule any_rule(Roll roll) {
    const auto direction = *rc::gen::element(Direction::after, Direction::before);
    return {any_period_of_days(), direction, roll, Convention::civil_code};
}

}  // namespace

TEST_CASE("an end moves only in the direction of its roll, to the nearest workday",
          "[calendar][property]") {
    CHECK(rc::check("forward", [] {
        const WorkCalendar& calendar = any_calendar();
        const DueDate due = compute_due(any_day(), any_rule(Roll::forward), calendar, any_zone());
        RC_ASSERT(due.effective >= due.nominal);
        for (CivilDate date = due.nominal; date < due.effective; date = date.plus_days(1))
            RC_ASSERT(!calendar.works(date));
    }));
    CHECK(rc::check("back", [] {
        const WorkCalendar& calendar = any_calendar();
        const DueDate due = compute_due(any_day(), any_rule(Roll::back), calendar, any_zone());
        RC_ASSERT(due.effective <= due.nominal);
        for (CivilDate date = due.nominal; date > due.effective; date = date.plus_days(-1))
            RC_ASSERT(!calendar.works(date));
    }));
    CHECK(rc::check("none", [] {
        const DueDate due =
            compute_due(any_day(), any_rule(Roll::none), any_calendar(), any_zone());
        RC_ASSERT(due.effective == due.nominal);
    }));
}

TEST_CASE("an end that may move is a workday", "[calendar][property]") {
    CHECK(rc::check([] {
        const WorkCalendar& calendar = any_calendar();
        DueRule rule = any_rule(*rc::gen::element(Roll::forward, Roll::back));
        if (rule.period.unit == PeriodUnit::working_days && rule.period.count == 0)
            rule.period.count = 1;
        RC_ASSERT(calendar.works(compute_due(any_day(), rule, calendar, any_zone()).effective));
    }));
}

TEST_CASE("a later event is never due sooner", "[calendar][property]") {
    CHECK(rc::check([] {
        const WorkCalendar& calendar = any_calendar();
        const DueRule rule = any_rule(*rc::gen::element(Roll::forward, Roll::back, Roll::none));
        const CivilDate from = any_day();
        const CivilDate later = from.plus_days(*rc::gen::inRange(1, 40));
        RC_ASSERT(compute_due(from, rule, calendar, shanghai()).due_at <=
                  compute_due(later, rule, calendar, shanghai()).due_at);
    }));
}

TEST_CASE("the end of a due day is the beginning of the next one", "[calendar][property]") {
    CHECK(rc::check([] {
        const Zone& place = any_zone();
        const DueDate due =
            compute_due(any_instant(), any_rule(Roll::forward), any_calendar(), place);
        RC_ASSERT(place.local(due.due_at).date == due.effective.plus_days(1));
        RC_ASSERT(place.local(due.due_at - seconds(1)).date == due.effective);
    }));
}

TEST_CASE("a date is provisional exactly when its trace says so", "[calendar][property]") {
    CHECK(rc::check([] {
        const DueDate due =
            compute_due(any_day(), any_rule(Roll::forward), any_calendar(), shanghai());
        bool said = false;
        for (const TraceStep& step : due.trace) said = said || step.kind == StepKind::provisional;
        RC_ASSERT(said == due.provisional);
        RC_ASSERT(explain(due.trace, Language::zh_cn).size() == due.trace.size());
    }));
}

TEST_CASE("months are counted in order", "[calendar][property]") {
    CHECK(rc::check([] {
        const CivilDate date = any_day();
        const int n = *rc::gen::inRange(-120, 120);
        RC_ASSERT(plus_months(date, n) < plus_months(date, n + 1));
        RC_ASSERT(plus_months(date, n) <= plus_months(date.plus_days(1), n));
    }));
}

TEST_CASE("shifting and counting working days undo each other", "[calendar][property]") {
    CHECK(rc::check([] {
        const WorkCalendar& calendar = any_calendar();
        const CivilDate date = any_day();
        const std::int32_t n = *rc::gen::inRange(0, 300);
        RC_ASSERT(working_days_between(date, shift_working_days(date, n, calendar), calendar) == n);
        const CivilDate workday = calendar.workday_on_or_after(date);
        RC_ASSERT(shift_working_days(shift_working_days(workday, n, calendar), -n, calendar) ==
                  workday);
    }));
}

TEST_CASE("an instant comes back from its local time, or its twin an hour earlier",
          "[calendar][property]") {
    CHECK(rc::check([] {
        const Zone& place = any_zone();
        const Instant at = any_instant();
        const ResolvedTime back = place.resolve(place.local(at));
        RC_ASSERT(back.kind != LocalKind::gap);
        RC_ASSERT(place.local(back.at) == place.local(at));
        RC_ASSERT(back.at == at || (back.kind == LocalKind::overlap && back.at < at));
    }));
}

TEST_CASE("a reading near a change of clocks resolves in order", "[calendar][property]") {
    CHECK(rc::check([] {
        const Zone& berlin = zone("Europe/Berlin");
        const CivilDate change = *rc::gen::element(day("2026-03-29"), day("2026-10-25"));
        const LocalTime local{change, *rc::gen::inRange<std::int64_t>(0, 24 * 60) * 60'000'000};
        const ResolvedTime found = berlin.resolve(local);
        RC_ASSERT((berlin.local(found.at) == local) == (found.kind != LocalKind::gap));
        if (found.kind == LocalKind::gap)
            RC_ASSERT(berlin.local(found.at).micros == local.micros + hours(1).micros);
    }));
}

TEST_CASE("the next turn lies after the last one", "[calendar][property]") {
    CHECK(rc::check("rolling", [] {
        const Period every{*rc::gen::inRange(1, 60), any_period_of_days().unit};
        const CivilDate done = any_day();
        const RepeatRule rule{RepeatMode::rolling, every, any_day()};
        RC_ASSERT(next_occurrence(rule, {.completed = done, .due = {}}, china()).due() > done);
    }));
    CHECK(rc::check("anchored", [] {
        const Period every{*rc::gen::inRange(1, 24),
                           *rc::gen::element(PeriodUnit::months, PeriodUnit::weeks)};
        const RepeatRule rule{RepeatMode::anchored, every, any_day()};
        Occurrence turn = next_occurrence(rule, {}, china());
        for (int i = 0; i < 5; ++i) {
            const Occurrence next =
                next_occurrence(rule, {.completed = turn.due(), .due = turn.due()}, china());
            RC_ASSERT(next.counts.first == turn.due().plus_days(1));
            RC_ASSERT(next.due() > turn.due());
            turn = next;
        }
    }));
    CHECK(rc::check("calendar", [] {
        const Period every{*rc::gen::element(1, 2, 3, 4, 6, 12, 36), PeriodUnit::months};
        const CivilDate done = any_day();
        const Occurrence next = next_occurrence({RepeatMode::calendar, every, done},
                                                {.completed = done, .due = {}}, china());
        RC_ASSERT(next.counts.first > done);
        RC_ASSERT(next.counts.last.plus_days(1).day() == 1U);
    }));
}
