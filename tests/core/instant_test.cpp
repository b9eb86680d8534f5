#include "engine/core/instant.hpp"

#include <catch2/catch.hpp>

using namespace dutylog;

TEST_CASE("an instant is read with its offset and written in UTC", "[core][instant]") {
    CHECK(to_string(*parse_instant("2025-12-05T09:00+08:00")) == "2025-12-05T01:00:00Z");
    CHECK(to_string(*parse_instant("1969-12-31T23:59:59.25Z")) == "1969-12-31T23:59:59.25Z");
    CHECK(parse_instant("1970-01-01T00:00:00.000001Z")->micros == 1);
}

TEST_CASE("an instant without an offset, or of no real time, is refused", "[core][instant]") {
    for (const auto* text :
         {"2025-12-05T09:00", "2025-12-05", "2025-12-05T24:00Z", "2025-02-30T00:00Z",
          "2025-12-05T09:00+8:00", "2025-12-05T09:00Zx", ""})
        CHECK_FALSE(parse_instant(text));
}
