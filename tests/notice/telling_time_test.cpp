#include "engine/notice/telling_time.hpp"

#include <catch2/catch.hpp>

using namespace dutylog;
using namespace dutylog::notice;

namespace {

const calendar::Zone zone =
    *calendar::Zone::of("Asia/Shanghai", {{"CST-8", CivilDate{1992, 1, 1}, "test"}});
calendar::CalendarLayers weekdays(std::string id) {
    calendar::CalendarLayers layers;
    layers.id = std::move(id);
    return layers;
}

const calendar::WorkCalendar work_calendar = *calendar::WorkCalendar::of(weekdays("cn"));
const SiteTime site{zone, work_calendar};

/// 2026-11-20 is a Friday.
Instant local(int day, int hour, int minute = 0) {
    return zone.instant(
        calendar::local_time(CivilDate{2026, 11, static_cast<unsigned>(day)}, hour, minute));
}

Instant told(const TellingTimes& times, Instant planned, Severity severity = Severity::info,
             std::optional<Instant> latest = {}) {
    return telling_time(times, severity, planned, latest, site);
}

}  // namespace

TEST_CASE("a notice waits for the next slot of a working day", "[notice][telling]") {
    const TellingTimes times{.slots = {9 * 60, 15 * 60}};
    CHECK(told(times, local(20, 8, 59)) == local(20, 9));
    CHECK(told(times, local(20, 9)) == local(20, 9));
    CHECK(told(times, local(20, 9, 1)) == local(20, 15));
    CHECK(told(times, local(20, 15, 1)) == local(23, 9));  // Friday evening to Monday
    CHECK(told(times, local(21, 3)) == local(23, 9));
}

TEST_CASE("who wants it as it comes is left in peace at night and on rest days",
          "[notice][telling]") {
    const TellingTimes times{.slots = {}};
    CHECK(told(times, local(20, 13, 37)) == local(20, 13, 37));
    CHECK(told(times, local(20, 5)) == local(20, 7));
    CHECK(told(times, local(19, 23)) == local(20, 7));
    CHECK(told(times, local(20, 22)) == local(23, 7));
    CHECK(told({.slots = {}, .quiet = {}, .working_days_only = false}, local(21, 3)) ==
          local(21, 3));
}

TEST_CASE("quiet hours may lie within a day", "[notice][telling]") {
    const TellingTimes times{.slots = {}, .quiet = QuietHours{12 * 60, 14 * 60}};
    CHECK(told(times, local(20, 11, 59)) == local(20, 11, 59));
    CHECK(told(times, local(20, 12)) == local(20, 14));
    CHECK(told(times, local(20, 14)) == local(20, 14));
}

TEST_CASE("what is critical waits for nothing unless that is wanted", "[notice][telling]") {
    TellingTimes times;
    CHECK(told(times, local(21, 3), Severity::critical) == local(21, 3));
    times.critical_at_once = false;
    CHECK(told(times, local(21, 3), Severity::critical) == local(23, 9));
}

TEST_CASE("nothing is held until its day has passed", "[notice][telling]") {
    const TellingTimes times;
    CHECK(told(times, local(20, 10), Severity::warning, local(22, 0)) == local(20, 10));
    CHECK(told(times, local(20, 10), Severity::warning, local(23, 9)) == local(23, 9));
}

TEST_CASE("a year without working days does not swallow notices", "[notice][telling]") {
    calendar::CalendarLayers layers = weekdays("closed");
    layers.site.push_back(*calendar::parse_holiday_table(
        "closed", "site,closed\noff,2026-11-01,2026-12-31,停产,Shutdown\n"));
    const auto closed = calendar::WorkCalendar::of(layers);
    REQUIRE(closed);
    CHECK(telling_time({}, Severity::info, local(2, 10), {}, {zone, *closed}) == local(2, 10));
}

TEST_CASE("times that cannot be meant are refused", "[notice][telling]") {
    CHECK(checked({}));
    CHECK(checked({.slots = {}}));
    const TellingTimes bad[] = {
        {.slots = {-1}},
        {.slots = {24 * 60}},
        {.slots = {600, 540}},
        {.slots = {540, 540}},
        {.slots = {23 * 60}},
        {.quiet = QuietHours{0, 24 * 60}},
        {.quiet = QuietHours{8 * 60, 8 * 60}},
    };
    for (const TellingTimes& times : bad) {
        const auto result = checked(times);
        REQUIRE_FALSE(result);
        CHECK(result.error().reason == "telling_times");
    }
}
