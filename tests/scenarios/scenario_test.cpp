#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "adapters/memory/store.hpp"
#include "engine/history/questions.hpp"
#include "engine/history/rehearsal.hpp"
#include "engine/scenario/run.hpp"
#include "tests/scenarios/library.hpp"

using namespace dutylog;

namespace {

/// The folder a scenario names, relative to the repository.
std::string library_of(const scenario::Scenario& story) {
    return story.library.ends_with("examples") ? "workflows/examples" : "workflows";
}

/// One way a story was lived through: its log, and its answers.
struct Lived {
    memory::MemoryStore store;
    std::vector<scenario::Problem> problems;
    std::vector<scenario::Answered> answers;
    std::unique_ptr<scenario::Player> player;
};

std::unique_ptr<Lived> live(const scenario::Scenario& story, scenario::PlayOptions options) {
    const auto& library = tests::shipped(library_of(story));
    auto lived = std::make_unique<Lived>();
    lived->player = std::make_unique<scenario::Player>(story, library.files, library.rules,
                                                       lived->store, std::move(options));
    lived->problems = lived->player->play();
    lived->answers = scenario::ask(story, *lived->player);
    return lived;
}

std::unique_ptr<scenario::Scenario> read(const std::string& path) {
    std::vector<scenario::Problem> problems;
    auto story = scenario::read_scenario({path, tests::read_text(path)}, problems);
    for (const auto& problem : problems) UNSCOPED_INFO(problem.line << ": " << problem.message);
    REQUIRE(problems.empty());
    return story;
}

void check_answers(const Lived& lived) {
    for (const auto& problem : lived.problems)
        UNSCOPED_INFO("line " << problem.line << ": " << problem.message);
    CHECK(lived.problems.empty());
    for (const auto& answer : lived.answers) {
        for (const auto& difference : answer.differences)
            UNSCOPED_INFO("line " << answer.line << " " << answer.ask << ": " << difference);
        CHECK(answer.differences.empty());
    }
}

}  // namespace

TEST_CASE("every shipped story is lived through with the expected answers", "[scenario]") {
    for (const auto& path : tests::scenario_files("scenarios")) {
        INFO(path);
        const auto story = read(path);
        const auto lived = live(*story, {});
        check_answers(*lived);
        CHECK_FALSE(lived->answers.empty());
    }
}

TEST_CASE("a restart after every step changes nothing, down to the bytes of the log",
          "[scenario]") {
    for (const auto& path : tests::scenario_files("scenarios")) {
        INFO(path);
        const auto story = read(path);
        const auto straight = live(*story, {});
        scenario::PlayOptions options;
        options.restart_after_each = true;
        const auto restarted = live(*story, options);
        check_answers(*restarted);
        CHECK(restarted->store.head().root == straight->store.head().root);
    }
}

TEST_CASE("the order of what is recorded at one instant changes no answer", "[scenario]") {
    for (const auto& path : tests::scenario_files("scenarios")) {
        const auto story = read(path);
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            INFO(path << " in the order of seed " << seed);
            scenario::PlayOptions options;
            options.order_seed = seed;
            check_answers(*live(*story, options));
        }
    }
}

TEST_CASE("the unchanged history reproduces itself event for event", "[scenario][what-if]") {
    for (const auto& path : tests::scenario_files("scenarios")) {
        INFO(path);
        const auto story = read(path);
        const auto lived = live(*story, {});
        auto& engine = lived->player->engine();
        const auto rehearsed = history::rehearse(
            history::outside_history(lived->store, std::nullopt),
            [&](const Digest& bundle) { return engine.rules().find(bundle); },
            &lived->player->keys());
        REQUIRE(rehearsed.events().size() == lived->store.head().size);
        std::size_t at = 0;
        std::size_t different = 0;
        lived->store.scan(1, [&](const log::StoredEvent& stored) {
            const auto& again = rehearsed.events()[at++];
            const bool same = again.recorded.recorded == stored.envelope.recorded &&
                              again.recorded.stream == stored.envelope.stream &&
                              again.state_hash == stored.envelope.state_hash;
            if (!same && different++ == 0)
                UNSCOPED_INFO("first difference at position " << stored.envelope.position << " in "
                                                              << stored.envelope.stream.str());
            return true;
        });
        CHECK(different == 0);
    }
}

TEST_CASE("a reading that is entered later leaves its duty the date it rests on", "[scenario]") {
    const auto story = read("scenarios/s1-benzene.yaml");
    scenario::PlayOptions options;
    options.late_days = {{"READING-0109", 3}};
    const auto late = live(*story, options);
    const auto breaches = history::first_missed(late->player->engine().world());
    const auto punctual = live(*story, {});
    const auto expected = history::first_missed(punctual->player->engine().world());
    // The maintenance that was missed first does not hang on when a reading was typed in.
    CHECK(boost::json::serialize(breaches.at(0).at("duty")) ==
          boost::json::serialize(expected.at(0).at("duty")));
    CHECK(boost::json::serialize(breaches.at(0).at("due")) ==
          boost::json::serialize(expected.at(0).at("due")));
    CHECK(late->store.head().root != punctual->store.head().root);
}
