#include "engine/calendar/calendar_set.hpp"

#include <catch2/catch.hpp>

#include "tests/calendar/data.hpp"

using namespace dutylog;
using namespace dutylog::calendar;
using namespace dutylog::calendar::test;

TEST_CASE("the shipped calendars are built from the shipped tables", "[calendar][data]") {
    const WorkCalendar& plant = work_calendar("cn-example-plant");
    CHECK(plant.is_workday(day("2026-08-04")).why == DayReason::site);
    CHECK(plant.is_workday(day("2026-07-25")).works);
    CHECK_FALSE(plant.works(day("2026-02-18")));
    CHECK(plant.version() != china().version());
    CHECK(work_calendar("week-sun-thu").provisional(day("2026-03-02")));
}

TEST_CASE("a list of calendars says where it is wrong", "[calendar][data]") {
    struct Row {
        const char* text;
        const char* message;
    };
    const auto row = GENERATE(values<Row>({
        {"cn,mon-fri", "c.csv:1: expected 3 fields: id, week, tables, found \"2 fields\""},
        {"c n,mon-fri,",
         "c.csv:1: expected an id of letters, digits, '.', '_' and '-', found \"c n\""},
        {"cn,weekdays,", "c.csv:1: expected a week like mon-fri, found \"weekdays\""},
        {"cn,mon-fri,cn-2026  cn-2027",
         "c.csv:1: expected the id of a table that was read, found \"cn-2027\""},
        {"a,mon-fri,\n\na,mon-sat,", "c.csv:3: expected each calendar only once, found \"a\""},
    }));
    CHECK(parse_calendars("c.csv", row.text, shipped_tables()).error().detail == row.message);
}
