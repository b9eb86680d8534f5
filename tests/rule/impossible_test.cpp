#include "engine/rule/impossible.hpp"

#include <catch2/catch.hpp>

#include "tests/rule/world.hpp"

using namespace dutylog::rule;
using namespace dutylog::rule::test;

namespace {

std::vector<TypeCode> warnings(std::string_view text) {
    std::vector<TypeCode> codes;
    for (const TypeError& error : problems(text)) {
        INFO(text << ": " << to_string(error));
        CHECK((error.severity == Severity::warning));
        codes.push_back(error.code);
    }
    return codes;
}

}  // namespace

TEST_CASE("a condition that can never hold is told", "[rule][impossible]") {
    const auto text = GENERATE(
        as<std::string>{}, "completions == 1 and completions == 2",
        "conclusion == normal and conclusion == suspected",
        "conclusion == normal and ready and conclusion != normal",
        "completions > 5 and completions < 3", "3 > completions and completions > 5",
        "completions > 5 and completions <= 5", "completions >= 5 and completions < 5",
        "completions == 3 and completions > 5", "speed > 2 m/s and speed < 1 m/s",
        "due < 2025-01-01 and due > 2025-02-01",
        "worker.site.id == \"a\" and worker.site.id == \"b\"",
        "conclusion != normal and conclusion != suspected and conclusion != contraindication and "
        "conclusion != \"other\"",
        "ready and (completions == 1 and completions == 2)", "1 > 2", "\"a\" == \"b\"",
        "numbers.any(n, n == 1 and n == 2)",
        "last_completion == 2025-01-01 and last_completion == 2025-01-02");
    CHECK(warnings(text) == std::vector{TypeCode::always_false});
}

TEST_CASE("a condition that always holds is told", "[rule][impossible]") {
    const auto text = GENERATE(
        as<std::string>{}, "completions != 1 or completions != 2",
        "conclusion == normal or conclusion != normal", "completions < 5 or completions >= 5",
        "completions < 5 or completions > 3", "2 > 1", "12 months == 1 year",
        "conclusion == normal or conclusion == suspected or conclusion == contraindication or "
        "conclusion == \"other\"");
    CHECK(warnings(text) == std::vector{TypeCode::always_true});
}

TEST_CASE("a condition that may hold or not is left alone", "[rule][impossible]") {
    const auto text = GENERATE(
        as<std::string>{}, "completions == 1 or completions == 2",
        "completions > 3 and completions < 5", "completions >= 5 and completions <= 5",
        "completions == 1 and completions != 2", "conclusion != normal and conclusion != suspected",
        "last_completion == on or last_completion != on",
        "last_completion != 2025-01-01 or last_completion != 2025-01-02",
        "reading > 1 m/s and reading < 2 dB", "(completions == 1 or ready) and completions == 2");
    CHECK(warnings(text).empty());
}
