#include "engine/calendar/window.hpp"

#include <catch2/catch.hpp>

#include "tests/calendar/data.hpp"

using namespace dutylog;
using namespace dutylog::calendar;
using namespace dutylog::calendar::test;

TEST_CASE("a window before an event has both ends in and does not move", "[calendar][window]") {
    const CivilDate leave = day("2025-11-30");  // a Sunday
    CHECK(window_before(leave, period("90 days"), china()) == DateWindow{day("2025-09-01"), leave});
    const DateWindow month = window_before(leave, period("30 days"), china());
    CHECK(month == DateWindow{day("2025-10-31"), leave});
    CHECK_FALSE(month.contains(day("2025-10-30")));
    CHECK(month.contains(day("2025-10-31")));
    CHECK(month.contains(leave));
    CHECK_FALSE(month.contains(day("2025-12-01")));
    CHECK(to_string(month) == "2025-10-31 … 2025-11-30");
}

TEST_CASE("a window after an event runs between two counts and does not move",
          "[calendar][window]") {
    CHECK(window_after(day("2025-01-20"), period("11 months"), period("13 months"), china()) ==
          DateWindow{day("2025-12-20"), day("2026-02-20")});
    CHECK(window_after(day("2026-02-13"), period("1 working day"), period("2 working days"),
                       china()) == DateWindow{day("2026-02-14"), day("2026-02-24")});
}
