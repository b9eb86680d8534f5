#include <catch2/catch.hpp>

#include "adapters/cli/library_folder.hpp"
#include "adapters/dispatch/facts.hpp"

using namespace dutylog;

TEST_CASE(
    "a message says no title that tells of a person's health; examinations that everybody in "
    "a post has are named",
    "[dispatch][discreet]") {
    const auto library = cli::load_library(DUTYLOG_SOURCE_DIR "/workflows");
    const auto discreet = [&](const char* id) {
        INFO(id);
        const auto* definition = library.rules->definition(id);
        REQUIRE(definition != nullptr);
        return dispatch::is_discreet(*library.rules, *definition);
    };
    CHECK(discreet("re-examination"));
    CHECK(discreet("diagnosis-arranged"));
    CHECK(discreet("suspected-disease-report"));
    CHECK(discreet("work-injury-application"));
    CHECK_FALSE(discreet("in-post-examination"));
    CHECK_FALSE(discreet("pre-post-examination"));
    CHECK_FALSE(discreet("leaving-examination"));
    CHECK_FALSE(discreet("detection-yearly"));
}
