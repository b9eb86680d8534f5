#include "engine/calendar/due.hpp"

#include <catch2/catch.hpp>

#include "engine/calendar/explain.hpp"
#include "tests/calendar/data.hpp"

using namespace dutylog;
using namespace dutylog::calendar;
using namespace dutylog::calendar::test;

namespace {

CivilDate day(const char* text) { return parse_civil_date(text).value(); }
DueRule rule(const char* period) { return {.period = parse_period(period).value()}; }

DueDate due(const char* base, const DueRule& how) {
    return compute_due(day(base), how, china(), shanghai());
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
    }));
    CAPTURE(row.event, row.period);
    const DueDate found = due(row.event, rule(row.period));
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
    }));
    CAPTURE(row.event, row.period);
    const DueDate found = due(row.event, rule(row.period));
    CHECK(to_string(found.nominal) == row.nominal);
    CHECK(to_string(found.effective) == row.effective);
}
