#include "engine/rule/suggest.hpp"

#include <catch2/catch.hpp>

using namespace dutylog::rule;

TEST_CASE("distance counts changed, missing, extra and swapped letters", "[rule][suggest]") {
    CHECK(edit_distance("", "") == 0);
    CHECK(edit_distance("worker", "worker") == 0);
    CHECK(edit_distance("worker", "") == 6);
    CHECK(edit_distance("wroker", "worker") == 1);
    CHECK(edit_distance("woker", "worker") == 1);
    CHECK(edit_distance("workker", "worker") == 1);
    CHECK(edit_distance("warker", "worker") == 1);
    CHECK(edit_distance("ca", "abc") == 3);
    CHECK(edit_distance("噪声", "噪音") == 1);
}

TEST_CASE("the nearest names are suggested, the nearest first", "[rule][suggest]") {
    const std::vector<std::string> names{"exam", "exams", "exposures", "exposure",
                                         "post", "on",    "x"};
    const auto of = [&](const char* word) { return suggestions(word, names); };
    using Words = std::vector<std::string>;
    CHECK(of("expsures") == Words{"exposures", "exposure"});
    CHECK(of("exma") == Words{"exam", "exams"});
    CHECK(of("pots") == Words{"post"});
    CHECK(of("no") == Words{"on"});
    CHECK(of("y").empty());
    CHECK(of("something") == Words{});
    CHECK(of("exams") == Words{"exam"});
    CHECK(suggestions("aaaa", Words{"aaab", "aaac", "aaad", "aaae", "aaab"}) ==
          Words{"aaab", "aaac", "aaad"});
    CHECK(suggestions(std::string(1'000, 'a'), names).empty());
}
