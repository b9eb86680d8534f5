#include "engine/core/period.hpp"

#include <catch2/catch.hpp>

using namespace dutylog;

TEST_CASE("periods are the words of the law", "[core][period]") {
    for (const auto* text :
         {"15 days", "1 day", "5 working days", "12 months", "1 hour", "2 weeks", "3 years"})
        CHECK(to_string(*parse_period(text)) == text);
    CHECK(parse_period("1 working day") == Period{1, PeriodUnit::working_days});
}

TEST_CASE("other words are no period", "[core][period]") {
    for (const auto* text :
         {"", "days", "15", "15days", "-1 days", "P15D", "10001 days", "1 fortnight"})
        CHECK_FALSE(parse_period(text));
}
