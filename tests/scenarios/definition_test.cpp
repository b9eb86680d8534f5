#include "engine/scenario/definition_test.hpp"

#include <catch2/catch.hpp>

#include "engine/definition/messages.hpp"
#include "tests/scenarios/library.hpp"

using namespace dutylog;

TEST_CASE("every shipped library loads without an error", "[definition][workflows]") {
    for (const auto* folder : {"workflows", "workflows/examples"}) {
        const auto& library = tests::shipped(folder);
        for (const auto& problem : library.loaded.diagnostics)
            if (problem.severity == definition::Severity::error) {
                UNSCOPED_INFO(problem.where.file << ": " << problem.code << " "
                                                 << definition::message_of(problem, Language::en));
            }
        CHECK(library.rules != nullptr);
    }
}

TEST_CASE("every test inside a shipped definition passes", "[definition][workflows]") {
    for (const auto* folder : {"workflows", "workflows/examples"}) {
        const auto& library = tests::shipped(folder);
        REQUIRE(library.rules != nullptr);
        CHECK_FALSE(library.loaded.tests.empty());
        for (const auto& test : library.loaded.tests) {
            INFO(folder << " " << test.definition << ": " << test.name);
            const auto differences = scenario::run_definition_test(library.rules, test);
            for (const auto& difference : differences) UNSCOPED_INFO(difference);
            CHECK(differences.empty());
        }
    }
}

TEST_CASE("a test that expects something else fails", "[definition]") {
    const auto& library = tests::shipped("workflows");
    REQUIRE(library.rules != nullptr);
    std::size_t failing = 0;
    std::size_t asked = 0;
    for (auto test : library.loaded.tests) {
        if (!test.expect.due) continue;
        ++asked;
        test.expect.due = test.expect.due->plus_days(1);
        failing += scenario::run_definition_test(library.rules, test).empty() ? 0 : 1;
    }
    CHECK(asked > 0);
    CHECK(failing == asked);
}
