#include "engine/core/civil_date.hpp"

#include <catch2/catch.hpp>

using namespace dutylog;

TEST_CASE("a month is counted to the corresponding day or the last of the month", "[core][date]") {
    CHECK(plus_months(CivilDate{2025, 8, 31}, 6) == CivilDate{2026, 2, 28});
    CHECK(plus_months(CivilDate{2024, 2, 29}, 12) == CivilDate{2025, 2, 28});
    CHECK(plus_months(CivilDate{2025, 1, 31}, -2) == CivilDate{2024, 11, 30});
}

TEST_CASE("ISO weeks belong to the year of their Thursday", "[core][date]") {
    CHECK(iso_week(CivilDate{2024, 12, 30}) == IsoWeek{2025, 1});
    CHECK(iso_week(CivilDate{2026, 1, 1}) == IsoWeek{2026, 1});
    CHECK(iso_week(CivilDate{2026, 12, 28}) == IsoWeek{2026, 53});
    CHECK(iso_week(CivilDate{2027, 1, 1}) == IsoWeek{2026, 53});
}

TEST_CASE("only real days are read, and come back as written", "[core][date]") {
    CHECK(to_string(*parse_civil_date("2024-02-29")) == "2024-02-29");
    for (const auto* text :
         {"2025-02-29", "2025-13-01", "2025-1-01", "2025-01-01 ", "x025-01-01", ""})
        CHECK_FALSE(parse_civil_date(text));
}
