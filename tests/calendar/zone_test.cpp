#include "engine/calendar/zone.hpp"

#include <catch2/catch.hpp>

#include "tests/calendar/data.hpp"

using namespace dutylog;
using namespace dutylog::calendar;
using namespace dutylog::calendar::test;

namespace {

Zone of_rule(const char* rule) {
    return value_of(Zone::of("Test", {{rule, day("1990-01-01"), "test"}}));
}

LocalTime wall(const char* date, int hour, int minute) {
    return local_time(day(date), hour, minute);
}

}  // namespace

TEST_CASE("China has one time and no summer time", "[calendar][zone]") {
    CHECK(shanghai().local(moment("2025-12-05T01:00Z")) == wall("2025-12-05", 9, 0));
    CHECK(shanghai().local(moment("2025-07-05T16:00Z")) == wall("2025-07-06", 0, 0));
    CHECK(shanghai().day_start(day("2026-02-24")) == moment("2026-02-23T16:00Z"));
    CHECK(shanghai().day_end(day("2026-02-24")) == moment("2026-02-24T16:00Z"));
    CHECK(shanghai().covers(day("1991-09-16")));
    CHECK_FALSE(shanghai().covers(day("1991-09-15")));
}

TEST_CASE("the offset of each place is known on both sides of its changes", "[calendar][zone]") {
    struct Row {
        const char* zone;
        const char* at;
        int offset_minutes;
    };
    // Every row was compared with tzdata 2025b.
    const auto row = GENERATE(values<Row>({
        {"Europe/Berlin", "2026-03-29T00:59:59Z", 60},
        {"Europe/Berlin", "2026-03-29T01:00Z", 120},
        {"Europe/Berlin", "2026-10-25T00:59:59Z", 120},
        {"Europe/Berlin", "2026-10-25T01:00Z", 60},
        {"America/New_York", "2026-03-08T06:59:59Z", -300},
        {"America/New_York", "2026-03-08T07:00Z", -240},
        {"America/New_York", "2026-11-01T05:59:59Z", -240},
        {"America/New_York", "2026-11-01T06:00Z", -300},
        {"America/New_York", "2006-04-02T07:00Z", -240},  // the rule before 2007
        {"America/New_York", "2006-03-26T07:00Z", -300},
        {"America/New_York", "2006-10-29T06:00Z", -300},
        {"Europe/Dublin", "2026-01-01T12:00Z", 0},  // whose summer is its standard time
        {"Europe/Dublin", "2026-07-01T12:00Z", 60},
        {"Australia/Sydney", "2026-01-01T00:00Z", 660},
        {"Australia/Sydney", "2026-04-04T15:59:59Z", 660},
        {"Australia/Sydney", "2026-04-04T16:00Z", 600},
        {"Australia/Lord_Howe", "2026-07-01T00:00Z", 630},
        {"Asia/Kolkata", "2026-07-01T00:00Z", 330},
        {"America/Sao_Paulo", "2026-01-01T00:00Z", -180},
        {"Africa/Cairo", "2026-10-29T20:59:59Z", 180},  // ends at 24:00 of a Thursday
        {"Africa/Cairo", "2026-10-29T21:00Z", 120},
        {"Asia/Jerusalem", "2026-03-26T23:59:59Z", 120},  // begins at 26:00 of a Thursday
        {"Asia/Jerusalem", "2026-03-27T00:00Z", 180},
    }));
    CAPTURE(row.zone, row.at);
    CHECK(zone(row.zone).offset_seconds_at(moment(row.at)) == row.offset_minutes * 60);
}

TEST_CASE("a reading the clocks sprang over moves forward by the gap", "[calendar][zone]") {
    const Zone& berlin = zone("Europe/Berlin");
    CHECK(berlin.resolve(wall("2026-03-29", 2, 30)) ==
          ResolvedTime{moment("2026-03-29T03:30+02:00"), LocalKind::gap});
    CHECK(berlin.resolve(wall("2026-03-29", 2, 0)) ==
          ResolvedTime{moment("2026-03-29T01:00Z"), LocalKind::gap});
    CHECK(berlin.resolve(wall("2026-03-29", 1, 59)).kind == LocalKind::unique);
    CHECK(berlin.resolve(wall("2026-03-29", 3, 0)).kind == LocalKind::unique);
    CHECK(zone("America/New_York").resolve(wall("2026-03-08", 2, 30)) ==
          ResolvedTime{moment("2026-03-08T03:30-04:00"), LocalKind::gap});
}

TEST_CASE("a reading that comes twice means the earlier instant", "[calendar][zone]") {
    const Zone& berlin = zone("Europe/Berlin");
    CHECK(berlin.resolve(wall("2026-10-25", 2, 30)) ==
          ResolvedTime{moment("2026-10-25T02:30+02:00"), LocalKind::overlap});
    CHECK(berlin.resolve(wall("2026-10-25", 3, 0)).kind == LocalKind::unique);
    CHECK(zone("America/New_York").resolve(wall("2026-11-01", 1, 30)) ==
          ResolvedTime{moment("2026-11-01T01:30-04:00"), LocalKind::overlap});
}

TEST_CASE("a civil day may have 23 or 25 hours, or begin at 01:00", "[calendar][zone]") {
    const auto length = [](const Zone& place, const char* date) {
        return place.day_end(day(date)) - place.day_start(day(date));
    };
    CHECK(length(zone("Europe/Berlin"), "2026-03-29") == hours(23));
    CHECK(length(zone("Europe/Berlin"), "2026-10-25") == hours(25));
    CHECK(length(zone("America/New_York"), "2026-03-08") == hours(23));
    CHECK(length(zone("America/New_York"), "2026-11-01") == hours(25));
    CHECK(length(shanghai(), "2026-03-29") == hours(24));
    const Zone& beirut = zone("Asia/Beirut");
    CHECK(beirut.local(beirut.day_start(day("2026-03-29"))) == wall("2026-03-29", 1, 0));
    CHECK(length(beirut, "2026-03-29") == hours(23));
}

TEST_CASE("rules are read in every form of POSIX", "[calendar][zone]") {
    const auto offset = [](const char* rule, const char* at) {
        return of_rule(rule).offset_seconds_at(moment(at)) / 60;
    };
    CHECK(offset("EST5EDT4,J60/0,J300", "2024-03-01T04:59:59Z") ==
          -300);  // J60 is 1 March in any year
    CHECK(offset("EST5EDT4,J60/0,J300", "2024-03-01T05:00Z") == -240);
    CHECK(offset("EST5EDT4,J60/0,J300", "2025-03-01T05:00Z") == -240);
    CHECK(offset("EST5EDT4,60/0,300", "2024-03-01T05:00Z") == -240);  // day 60 from 0, a leap year
    CHECK(offset("EST5EDT4,60/0,300", "2025-03-01T05:00Z") == -300);
    CHECK(offset("EST5EDT,0/0,J365/25", "2025-12-31T23:00Z") == -240);  // summer time all year
    CHECK(offset("EST5EDT,0/0,J365/25", "2026-01-01T04:30Z") == -240);
    CHECK(offset("<+0330>-3:30", "2026-01-01T00:00Z") == 210);
    CHECK(of_rule("LMT+0:01:15").offset_seconds_at(moment("2026-01-01T00:00Z")) == -75);
}

TEST_CASE("what is no rule is refused", "[calendar][zone]") {
    for (const auto* rule :
         {"", "CST", "8", "CS-8", "CST-25", "CST-8x", "<CST-8", "CET-1CEST", "CET-1CEST,M3.5.0",
          "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
          "CET-1CEST,J0,J300", "CET-1CEST,366,1", "CET-1CEST,M3.5.0/168,M10.5.0", "CST-8:60"}) {
        CAPTURE(rule);
        CHECK_FALSE(parse_posix_rule(rule));
    }
    CHECK(Zone::of("X", {{"CST", day("1990-01-01"), "test"}}).error().detail ==
          "X: expected a rule like CET-1CEST,M3.5.0,M10.5.0/3, found \"CST\"");
    CHECK_FALSE(Zone::of("X", {}));
    CHECK_FALSE(
        Zone::of("X", {{"CST-8", day("2000-01-01"), "t"}, {"CST-9", day("2000-01-01"), "t"}}));
}

TEST_CASE("a new rule holds from its day on and leaves the past alone", "[calendar][zone]") {
    const Zone place =
        value_of(Zone::of("Test/Place", {{"CET-1CEST,M3.5.0,M10.5.0/3", day("1996-01-01"), "t"},
                                         {"CET-1", day("2030-01-01"), "t"}}));
    CHECK(place.offset_seconds_at(moment("2029-07-01T00:00Z")) == 7200);
    CHECK(place.offset_seconds_at(moment("2030-07-01T00:00Z")) == 3600);
    CHECK(place.version() != of_rule("CET-1").version());
}

TEST_CASE("a file of zones says where it is wrong", "[calendar][zone]") {
    struct Row {
        const char* text;
        const char* message;
    };
    const auto row = GENERATE(values<Row>({
        {"Asia/Shanghai,CST-8,1991-09-16",
         "z.csv:1: expected 4 fields: name, rule, valid from, source, found \"3 fields\""},
        {"# c\nA B,CST-8,1991-09-16,t",
         "z.csv:2: expected a name like Asia/Shanghai, found \"A B\""},
        {"A,CST,1991-09-16,t",
         "z.csv:1: expected a rule like CET-1CEST,M3.5.0,M10.5.0/3, found \"CST\""},
        {"A,CST-8,1991-9-16,t", "z.csv:1: expected a date YYYY-MM-DD, found \"1991-9-16\""},
        {"A,CST-8,1991-09-16,", "z.csv:1: expected a source, found nothing"},
        {"A,CST-8,2000-01-01,t\nA,CST-9,1999-01-01,t",
         "z.csv:2: expected a day after the rule above begins, found \"1999-01-01\""},
        {"A,CST-8,2000-01-01,t\nB,CST-8,2000-01-01,t\nA,CST-9,2001-01-01,t",
         "z.csv:3: expected the rules of a zone together, found \"A\""},
    }));
    CHECK(parse_zones("z.csv", row.text).error().detail == row.message);
}

TEST_CASE("local times are written with the digits they need", "[calendar][zone]") {
    CHECK(to_string(wall("2025-10-21", 9, 55)) == "2025-10-21 09:55");
    CHECK(to_string(local_time(day("2025-10-21"), 9, 55, 7)) == "2025-10-21 09:55:07");
    CHECK(to_string(LocalTime{day("2025-10-21"), 500'000}) == "2025-10-21 00:00:00.5");
}
