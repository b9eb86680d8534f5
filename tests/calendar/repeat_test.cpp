#include "engine/calendar/repeat.hpp"

#include <catch2/catch.hpp>

#include "tests/calendar/data.hpp"

using namespace dutylog;
using namespace dutylog::calendar;
using namespace dutylog::calendar::test;

namespace {

Occurrence next(RepeatMode mode, const char* length, const char* anchor,
                const LastTurn& last = {}) {
    return next_occurrence({mode, period(length), day(anchor)}, last, china());
}

LastTurn completed(const char* date) { return {.completed = day(date), .due = {}}; }
LastTurn turn(const char* done, const char* due) {
    return {.completed = day(done), .due = day(due)};
}

}  // namespace

TEST_CASE("a rolling duty restarts from the real day of completion", "[calendar][repeat]") {
    constexpr auto rolling = RepeatMode::rolling;
    CHECK(next(rolling, "12 months", "2024-02-29").due() == day("2025-02-28"));
    CHECK(next(rolling, "12 months", "2024-02-29", completed("2025-02-10")).due() ==
          day("2026-02-10"));
    CHECK(next(rolling, "12 months", "2024-02-29", turn("2025-03-20", "2025-02-28")).due() ==
          day("2026-03-20"));
    CHECK(next(rolling, "30 working days", "2024-02-29", completed("2026-01-20")) ==
          Occurrence{"2026-03-09", {day("2026-01-21"), day("2026-03-09")}});
}

TEST_CASE("an anchored duty keeps its day without drift", "[calendar][repeat]") {
    constexpr auto anchored = RepeatMode::anchored;
    CHECK(next(anchored, "1 month", "2024-01-31").due() == day("2024-02-29"));
    CHECK(next(anchored, "1 month", "2024-01-31", turn("2024-02-10", "2024-02-29")) ==
          Occurrence{"2024-03-31", {day("2024-03-01"), day("2024-03-31")}});
    // A late completion satisfies its own turn only; the next one is due as ever.
    CHECK(next(anchored, "1 month", "2024-01-31", turn("2024-04-15", "2024-03-31")).due() ==
          day("2024-04-30"));
    // Where only the completion is known, it stands for the turn it fell into, the last day
    // included.
    CHECK(next(anchored, "1 month", "2024-01-31", completed("2024-02-10")).due() ==
          day("2024-03-31"));
    CHECK(next(anchored, "1 month", "2024-01-31", completed("2024-02-29")).due() ==
          day("2024-03-31"));
    CHECK(next(anchored, "1 month", "2024-01-31", completed("2024-03-01")).due() ==
          day("2024-04-30"));
    CHECK(next(anchored, "1 month", "2024-01-31", completed("2024-01-15")).due() ==
          day("2024-02-29"));
    CHECK(next(anchored, "3 years", "2021-06-01", turn("2024-05-20", "2024-06-01")).due() ==
          day("2027-06-01"));
}

TEST_CASE("any day of a calendar year satisfies the year", "[calendar][repeat]") {
    constexpr auto calendar = RepeatMode::calendar;
    CHECK(next(calendar, "1 year", "2025-08-14") ==
          Occurrence{"2025", {day("2025-01-01"), day("2025-12-31")}});
    CHECK(next(calendar, "1 year", "2025-08-14", completed("2025-01-02")).key == "2026");
    CHECK(next(calendar, "12 months", "2025-08-14", completed("2025-12-31")).due() ==
          day("2026-12-31"));
    CHECK(next(calendar, "1 year", "2025-08-14", turn("2026-01-20", "2025-12-31")).due() ==
          day("2026-12-31"));
    CHECK(next(calendar, "3 years", "2025-08-14", completed("2025-09-01")) ==
          Occurrence{"2028", {day("2028-01-01"), day("2028-12-31")}});
}

TEST_CASE("halves, quarters and months of the year are kept as well", "[calendar][repeat]") {
    constexpr auto calendar = RepeatMode::calendar;
    CHECK(next(calendar, "6 months", "2026-03-05") ==
          Occurrence{"2026-H1", {day("2026-01-01"), day("2026-06-30")}});
    CHECK(next(calendar, "6 months", "2026-03-05", completed("2026-07-01")).key == "2027-H1");
    CHECK(next(calendar, "3 months", "2026-03-05", completed("2026-03-31")) ==
          Occurrence{"2026-Q2", {day("2026-04-01"), day("2026-06-30")}});
    CHECK(next(calendar, "1 month", "2026-03-05", completed("2026-12-01")).key == "2027-01");
    CHECK(next(calendar, "1 month", "2028-01-05", completed("2028-01-09")).due() ==
          day("2028-02-29"));
}

TEST_CASE("a weekly duty is due on Sunday of its ISO week", "[calendar][repeat]") {
    constexpr auto weekly = RepeatMode::iso_week;
    CHECK(next(weekly, "1 week", "2026-12-28") ==
          Occurrence{"2026-W53", {day("2026-12-28"), day("2027-01-03")}});
    CHECK(next(weekly, "1 week", "2026-12-01", completed("2027-01-01")).key == "2027-W01");
    CHECK(next(weekly, "2 weeks", "2024-12-01", completed("2024-12-18")).key == "2025-W01");
}

TEST_CASE("weeks are named by their Thursday", "[calendar][repeat]") {
    CHECK(week_key(day("2024-12-30")) == "2025-W01");
    CHECK(week_key(day("2026-01-01")) == "2026-W01");
    CHECK(week_key(day("2026-12-28")) == "2026-W53");
    CHECK(week_key(day("2027-01-01")) == "2026-W53");
}

TEST_CASE("mode and period have to fit", "[calendar][repeat]") {
    const auto fits = [](RepeatMode mode, const char* length) {
        return is_valid({mode, period(length), day("2026-01-01")});
    };
    CHECK(fits(RepeatMode::calendar, "4 months"));
    CHECK(fits(RepeatMode::calendar, "36 months"));
    CHECK_FALSE(fits(RepeatMode::calendar, "5 months"));
    CHECK_FALSE(fits(RepeatMode::calendar, "18 months"));
    CHECK_FALSE(fits(RepeatMode::calendar, "30 days"));
    CHECK_FALSE(fits(RepeatMode::iso_week, "7 days"));
    CHECK_FALSE(fits(RepeatMode::rolling, "0 months"));
    CHECK_FALSE(fits(RepeatMode::anchored, "8 hours"));
    CHECK(fits(RepeatMode::rolling, "5 working days"));
}
