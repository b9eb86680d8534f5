// The choices of a rule: direction, roll, convention; data that is missing; ladders and lateness.
#include <catch2/catch.hpp>

#include "engine/calendar/due.hpp"
#include "engine/calendar/explain.hpp"
#include "tests/calendar/data.hpp"

using namespace dutylog;
using namespace dutylog::calendar;
using namespace dutylog::calendar::test;

namespace {

struct Case {
    const char* base;
    DueRule rule;
    const char* nominal;
    const char* effective;
};

constexpr auto after = Direction::after;
constexpr auto before = Direction::before;

bool has_step(const DueDate& due, StepKind kind) {
    for (const TraceStep& step : due.trace)
        if (step.kind == kind) return true;
    return false;
}

}  // namespace

TEST_CASE("an end moves as the roll of its rule says", "[calendar][due]") {
    const auto row = GENERATE(values<Case>({
        {"2026-02-03", {{15, PeriodUnit::days}, after, Roll::forward}, "2026-02-18", "2026-02-24"},
        {"2026-02-03", {{15, PeriodUnit::days}, after, Roll::none}, "2026-02-18", "2026-02-18"},
        {"2026-02-03", {{15, PeriodUnit::days}, after, Roll::back}, "2026-02-18", "2026-02-14"},
        {"2026-10-25", {{20, PeriodUnit::days}, before, Roll::back}, "2026-10-05", "2026-09-30"},
        {"2026-03-31", {{1, PeriodUnit::months}, before, Roll::none}, "2026-02-28", "2026-02-28"},
        {"2026-02-28",
         {{7, PeriodUnit::working_days}, before, Roll::back},
         "2026-02-12",
         "2026-02-12"},
    }));
    CAPTURE(row.base, to_string(row.rule.period));
    const DueDate due = compute_due(day(row.base), row.rule, china(), shanghai());
    CHECK(to_string(due.nominal) == row.nominal);
    CHECK(to_string(due.effective) == row.effective);
}

TEST_CASE("where a rule counts the first day, every unit ends a day sooner", "[calendar][due]") {
    constexpr auto first = Convention::first_day_counted;
    const auto row = GENERATE(values<Case>({
        {"2026-04-08",
         {{10, PeriodUnit::days}, after, Roll::none, first},
         "2026-04-17",
         "2026-04-17"},
        {"2026-03-01",
         {{1, PeriodUnit::months}, after, Roll::none, first},
         "2026-03-31",
         "2026-03-31"},
        {"2026-03-02",
         {{1, PeriodUnit::working_days}, after, Roll::none, first},
         "2026-03-02",
         "2026-03-02"},
        {"2026-03-31",
         {{10, PeriodUnit::days}, before, Roll::none, first},
         "2026-03-22",
         "2026-03-22"},
    }));
    CAPTURE(row.base, to_string(row.rule.period));
    const DueDate due = compute_due(day(row.base), row.rule, china(), shanghai());
    CHECK(to_string(due.nominal) == row.nominal);
    CHECK(to_string(due.effective) == row.effective);
}

TEST_CASE("an EU period of two days or more holds two working days", "[calendar][due]") {
    constexpr auto eu = Convention::eu_1182_71;
    const auto row = GENERATE(values<Case>({
        {"2026-03-06",
         {{2, PeriodUnit::days}, after, Roll::forward, eu},
         "2026-03-08",
         "2026-03-10"},
        {"2026-03-05",
         {{2, PeriodUnit::days}, after, Roll::forward, eu},
         "2026-03-07",
         "2026-03-09"},
        {"2026-03-06",
         {{1, PeriodUnit::days}, after, Roll::forward, eu},
         "2026-03-07",
         "2026-03-09"},
        {"2026-03-02",
         {{2, PeriodUnit::days}, after, Roll::forward, eu},
         "2026-03-04",
         "2026-03-04"},
        {"2026-03-06",
         {{1, PeriodUnit::weeks}, after, Roll::forward, eu},
         "2026-03-13",
         "2026-03-13"},
    }));
    CAPTURE(row.base, to_string(row.rule.period));
    const DueDate due =
        compute_due(day(row.base), row.rule, work_calendar("week-mon-fri"), zone("Europe/Berlin"));
    CHECK(to_string(due.nominal) == row.nominal);
    CHECK(to_string(due.effective) == row.effective);
}

TEST_CASE("a named day moves over rest days as its rule says", "[calendar][due]") {
    CHECK(fixed_due(day("2026-01-31"), Roll::forward, china(), shanghai()).effective ==
          day("2026-02-02"));
    CHECK(fixed_due(day("2026-01-31"), Roll::back, china(), shanghai()).effective ==
          day("2026-01-30"));
    CHECK(fixed_due(day("2026-01-31"), Roll::none, china(), shanghai()).effective ==
          day("2026-01-31"));
}

TEST_CASE("a date that needed a year without data is provisional until the data come",
          "[calendar][due]") {
    const DueRule month{.period = period("1 month")};
    const DueDate guess = compute_due(day("2026-12-20"), month, china(), shanghai());
    CHECK(guess.provisional);
    CHECK(has_step(guess, StepKind::provisional));
    CHECK(guess.effective == day("2027-01-20"));

    CalendarLayers layers{
        .id = "cn", .week = monday_to_friday, .holidays = shipped_tables(), .site = {}};
    layers.holidays.back() = value_of(parse_holiday_table(
        "next.csv", "holidays,invented-2027\nyears,2027\noff,2027-01-18,2027-01-22,假,Invented\n"));
    const WorkCalendar next_year = value_of(WorkCalendar::of(layers));
    const DueDate known = compute_due(day("2026-12-20"), month, next_year, shanghai());
    CHECK_FALSE(known.provisional);
    CHECK(known.effective == day("2027-01-25"));
    CHECK(known.calendar_version != guess.calendar_version);
}

TEST_CASE("only what the calendar had to decide can be provisional", "[calendar][due]") {
    const auto provisional = [](const char* base, const DueRule& rule) {
        return compute_due(day(base), rule, china(), shanghai()).provisional;
    };
    CHECK_FALSE(provisional("2026-12-20", {.period = period("12 months"), .roll = Roll::none}));
    CHECK_FALSE(
        provisional("2026-12-01", {.period = period("22 working days")}));  // to 31 December
    CHECK(provisional("2026-12-01", {.period = period("23 working days")}));
    CHECK(provisional("2023-12-20", {.period = period("5 days")}));
}

TEST_CASE("at once is due at the moment of knowledge, whatever the day", "[calendar][due]") {
    const Instant known = moment("2026-02-18T23:30+08:00");  // in the Spring Festival
    const DueDate due = due_at_once(known, china(), shanghai());
    CHECK(due.due_at == known);
    CHECK(due.nominal == day("2026-02-18"));
    CHECK(due.effective == day("2026-02-18"));
    CHECK(on_time(due, known));
    CHECK_FALSE(on_time(due, known + seconds(1)));
    CHECK(explain(due.trace, Language::en) ==
          std::vector<std::string>{"Due at once: 2026-02-18 23:30 in Asia/Shanghai."});
}

TEST_CASE("hours from a day alone run from its beginning", "[calendar][due]") {
    const DueDate due =
        compute_due(day("2025-10-21"), {.period = period("24 hours")}, china(), shanghai());
    CHECK(due.due_at == moment("2025-10-22T00:00+08:00"));
    CHECK(has_step(due, StepKind::start_of_day));
}

TEST_CASE("hours are elapsed time, days are civil days, where clocks change", "[calendar][due]") {
    const Zone& new_york = zone("America/New_York");
    const WorkCalendar& week = work_calendar("week-mon-fri");
    const Instant before_spring = moment("2026-03-08T01:00-05:00");
    CHECK(compute_due(before_spring, {.period = period("8 hours")}, week, new_york).due_at ==
          moment("2026-03-08T10:00-04:00"));
    CHECK(compute_due(before_spring, {.period = period("24 hours")}, week, new_york).due_at ==
          moment("2026-03-09T02:00-04:00"));
    const DueDate one_day =
        compute_due(moment("2026-03-07T12:00-05:00"),
                    {.period = period("1 day"), .roll = Roll::none}, week, new_york);
    CHECK(one_day.effective == day("2026-03-08"));
    CHECK(one_day.due_at == moment("2026-03-09T00:00-04:00"));
    CHECK(compute_due(moment("2026-03-08T10:00-04:00"),
                      {.period = period("8 hours"), .direction = before}, week, new_york)
              .due_at == before_spring);
}

TEST_CASE("an event known to the day counts from the day, else from its moment",
          "[calendar][due]") {
    const Instant at = moment("2026-02-02T17:00Z");
    CHECK(base_of({.precision = Precision::date,
                   .at = at,
                   .date = day("2026-02-01"),
                   .until = at,
                   .zone = {}}) == Base{day("2026-02-01")});
    CHECK(base_of({.precision = Precision::instant,
                   .at = at,
                   .date = day("2026-02-03"),
                   .until = at,
                   .zone = {}}) == Base{at});
}

TEST_CASE("reminders count from the nominal day, escalations from the effective day",
          "[calendar][ladder]") {
    const DueDate due =
        compute_due(day("2026-02-03"), {.period = period("15 days")}, china(), shanghai());
    CHECK(ladder_day(due, period("7 days"), before, china()) == day("2026-02-11"));
    CHECK(ladder_day(due, period("1 working day"), after, china()) == day("2026-02-25"));
    CHECK(ladder_day(due, period("5 working days"), after, china()) ==
          day("2026-03-02"));  // 28 February works
    CHECK(ladder_day(due, period("0 days"), after, china()) == day("2026-02-24"));
}

TEST_CASE("lateness is counted from the effective day", "[calendar][late]") {
    const DueDate due =
        compute_due(day("2026-02-03"), {.period = period("15 days")}, china(), shanghai());
    CHECK(days_late(due, day("2026-02-20")) == 0);
    CHECK(days_late(due, day("2026-02-24")) == 0);
    CHECK(days_late(due, day("2026-03-04")) == 8);
    CHECK(working_days_late(due, day("2026-02-20"), china()) == 0);
    CHECK(working_days_late(due, day("2026-03-04"), china()) == 7);
}
