#include <catch2/catch.hpp>

#include <cereal/archives/portable_binary.hpp>
#include <cereal/types/array.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>
#include <sstream>

#include "engine/calendar/due.hpp"
#include "engine/calendar/repeat.hpp"
#include "tests/calendar/data.hpp"

using namespace dutylog;
using namespace dutylog::calendar;
using namespace dutylog::calendar::test;

namespace {

template <class T>
std::string stored(const T& value) {
    std::ostringstream bytes;
    cereal::PortableBinaryOutputArchive{bytes}(value);
    return std::move(bytes).str();
}

template <class T>
T loaded(const std::string& bytes) {
    std::istringstream stream{bytes};
    T value;
    cereal::PortableBinaryInputArchive{stream}(value);
    return value;
}

}  // namespace

TEST_CASE("a due date is stored with its trace and comes back equal", "[calendar][storage]") {
    for (const char* length : {"15 days", "30 working days", "12 months", "1 hour"}) {
        CAPTURE(length);
        const DueDate due = compute_due(moment("2026-02-05T17:00Z"), {.period = period(length)},
                                        china(), shanghai());
        const std::string bytes = stored(due);
        CHECK(loaded<DueDate>(bytes) == due);
        CHECK(bytes.size() < 1'000);
    }
}

TEST_CASE("rules, windows and turns are stored and come back equal", "[calendar][storage]") {
    const DueRule rule{period("20 days"), Direction::before, Roll::back,
                       Convention::first_day_counted};
    CHECK(loaded<DueRule>(stored(rule)) == rule);
    const RepeatRule repeat{RepeatMode::anchored, period("1 month"), day("2024-01-31")};
    CHECK(loaded<RepeatRule>(stored(repeat)) == repeat);
    const Occurrence turn = next_occurrence(repeat, {}, china());
    CHECK(loaded<Occurrence>(stored(turn)) == turn);
}
