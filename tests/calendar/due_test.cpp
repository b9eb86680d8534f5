#include "engine/calendar/due.hpp"

#include <catch2/catch.hpp>

#include "tests/calendar/data.hpp"

using namespace dutylog;
using namespace dutylog::calendar;
using namespace dutylog::calendar::test;

namespace {

DueDate due(const char* base, const char* length) {
    return compute_due(day(base), {.period = period(length)}, china(), shanghai());
}

struct Vector {
    const char* event;
    const char* period;
    const char* nominal;
    const char* effective;
};

}  // namespace

TEST_CASE("counts of days and months end as the Civil Code says", "[calendar][due]") {
    const auto row = GENERATE(values<Vector>({
        {"2026-02-03", "15 days", "2026-02-18", "2026-02-24"},
        {"2025-09-16", "15 days", "2025-10-01", "2025-10-09"},
        {"2024-09-14", "30 days", "2024-10-14", "2024-10-14"},
        {"2026-04-01", "30 days", "2026-05-01", "2026-05-06"},
        {"2025-01-02", "30 days", "2025-02-01", "2025-02-05"},
        {"2026-05-20", "30 days", "2026-06-19", "2026-06-22"},
        {"2026-04-08", "10 days", "2026-04-18", "2026-04-20"},
        {"2025-08-31", "6 months", "2026-02-28", "2026-02-28"},
        {"2024-02-29", "12 months", "2025-02-28", "2025-02-28"},
        {"2025-02-14", "12 months", "2026-02-14", "2026-02-14"},
        {"2025-10-04", "12 months", "2026-10-04", "2026-10-08"},
        {"2026-04-04", "2 weeks", "2026-04-18", "2026-04-20"},
        {"2024-02-29", "2 years", "2026-02-28", "2026-02-28"},
        {"2026-04-10", "0 days", "2026-04-10", "2026-04-10"},
    }));
    CAPTURE(row.event, row.period);
    const DueDate found = due(row.event, row.period);
    CHECK(to_string(found.nominal) == row.nominal);
    CHECK(to_string(found.effective) == row.effective);
    CHECK(found.due_at == shanghai().day_start(day(row.effective).plus_days(1)));
    CHECK_FALSE(found.exact);
    CHECK_FALSE(found.provisional);
}

TEST_CASE("working days are counted with make-up days and do not move", "[calendar][due]") {
    const auto row = GENERATE(values<Vector>({
        {"2025-09-19", "30 working days", "2025-11-06", "2025-11-06"},
        {"2026-01-20", "30 working days", "2026-03-09", "2026-03-09"},
        {"2026-02-06", "30 working days", "2026-03-26", "2026-03-26"},
        {"2025-01-10", "20 working days", "2025-02-13", "2025-02-13"},
        {"2026-09-22", "7 working days", "2026-10-09", "2026-10-09"},
        {"2024-02-05", "5 working days", "2024-02-18", "2024-02-18"},
        {"2026-04-28", "10 working days", "2026-05-14", "2026-05-14"},
        {"2026-02-25", "5 working days", "2026-03-03", "2026-03-03"},  // 28 February works
    }));
    CAPTURE(row.event, row.period);
    const DueDate found = due(row.event, row.period);
    CHECK(to_string(found.nominal) == row.nominal);
    CHECK(to_string(found.effective) == row.effective);
    CHECK_FALSE(found.provisional);
}

TEST_CASE("an hour clock runs from the moment and does not move", "[calendar][due]") {
    const DueDate found = compute_due(moment("2025-10-21T09:55+08:00"),
                                      {.period = period("1 hour")}, china(), shanghai());
    CHECK(found.due_at == moment("2025-10-21T10:55+08:00"));
    CHECK(found.exact);
    CHECK(found.nominal == day("2025-10-21"));
    CHECK(found.effective == day("2025-10-21"));
    CHECK(on_time(found, moment("2025-10-21T10:55+08:00")));
    CHECK_FALSE(on_time(found, moment("2025-10-21T10:55:00.000001+08:00")));

    const DueDate in_the_holidays = compute_due(
        moment("2026-02-17T23:30+08:00"), {.period = period("24 hours")}, china(), shanghai());
    CHECK(in_the_holidays.due_at == moment("2026-02-18T23:30+08:00"));
    CHECK(in_the_holidays.effective == day("2026-02-18"));
}

TEST_CASE("a day ends at 24:00 of the site, and midnight is late", "[calendar][due]") {
    const DueDate found = due("2026-02-03", "15 days");
    CHECK(found.due_at == moment("2026-02-25T00:00+08:00"));
    CHECK(on_time(found, moment("2026-02-24T23:59:59.999999+08:00")));
    CHECK_FALSE(on_time(found, moment("2026-02-25T00:00+08:00")));
}

TEST_CASE("a moment stands for its civil day at the site", "[calendar][due]") {
    const DueRule rule{.period = period("15 days")};
    const Instant evening = moment("2026-02-02T16:00Z");  // 00:00 of the next day in Shanghai
    CHECK(compute_due(evening, rule, china(), shanghai()).nominal == day("2026-02-18"));
    CHECK(compute_due(evening, rule, china(), zone("Europe/Berlin")).nominal == day("2026-02-17"));
}

TEST_CASE("a due date is written with its data and their versions", "[calendar][due]") {
    const std::string calendar_version = to_hex(china().version()).substr(0, 12);
    const std::string zone_version = to_hex(shanghai().version()).substr(0, 12);
    CHECK(to_string(due("2026-02-03", "15 days")) ==
          "2026-02-24 (nominal 2026-02-18), before 2026-02-24T16:00:00Z, cn@" + calendar_version +
              ", Asia/Shanghai@" + zone_version);
    CHECK(to_string(due("2026-12-20", "15 days")) ==
          "2027-01-04, before 2027-01-04T16:00:00Z, cn@" + calendar_version + ", Asia/Shanghai@" +
              zone_version + ", provisional");
}
