#include "engine/history/duty_world.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "adapters/memory/store.hpp"
#include "engine/history/questions.hpp"
#include "engine/history/rehearsal.hpp"
#include "engine/scenario/run.hpp"
#include "tests/scenarios/library.hpp"

using namespace dutylog;

namespace {

/// A shipped story, lived through.
struct Lived {
    explicit Lived(const std::string& path) {
        std::vector<scenario::Problem> problems;
        story = scenario::read_scenario({path, tests::read_text(path)}, problems);
        REQUIRE(problems.empty());
        const bool example = story->library.ends_with("examples");
        const auto& library = tests::shipped(example ? "workflows/examples" : "workflows");
        player = std::make_unique<scenario::Player>(*story, library.files, library.rules, store,
                                                    scenario::PlayOptions{});
        player->play();
        source = [rules = library.rules](const Digest&) { return rules; };
    }

    /// The first, the middle and the last moment of the log.
    std::vector<Instant> moments() {
        const Instant first = store.at(1)->envelope.recorded;
        const Instant last = store.last_recorded();
        return {first, Instant{(first.micros + last.micros) / 2}, last};
    }

    std::unique_ptr<scenario::Scenario> story;
    memory::MemoryStore store;
    std::unique_ptr<scenario::Player> player;
    pdca::RulesSource source;
};

std::string state_in(const pdca::World& world, const StreamId& duty, Instant at) {
    return boost::json::serialize(history::duty_state(world, duty, at));
}

/// Asks of every duty that any moment knows, and compares with what the whole log answers.
template <class Whole>
void compare(Lived& lived, Instant known_at, const history::Clocks& clocks, Instant at,
             Whole whole) {
    const pdca::World all = whole(known_at);
    for (const auto& [stream, duty] : lived.player->engine().world().duties) {
        INFO(stream.str() << " known at " << to_string(known_at) << " true at " << to_string(at));
        const auto one =
            history::duty_world(lived.store, lived.source, stream, clocks, &lived.player->keys());
        CHECK(state_in(one, stream, at) == state_in(all, stream, at));
    }
}

}  // namespace

TEST_CASE("the state of one duty as recorded is what the whole log says", "[history]") {
    for (const auto& path : tests::scenario_files("scenarios")) {
        INFO(path);
        Lived lived{path};
        for (const Instant moment : lived.moments())
            compare(lived, moment, {moment}, moment, [&](Instant known) {
                return history::world_at(lived.store, lived.source, known);
            });
    }
}

TEST_CASE("the state of one duty as true is what the whole history, decided again, says",
          "[history]") {
    for (const auto& path : tests::scenario_files("scenarios")) {
        INFO(path);
        Lived lived{path};
        const Instant known = lived.moments().back();
        for (const Instant at : lived.moments())
            compare(lived, known, {known, at}, at, [&](Instant cut) {
                return history::rehearse_as_true(history::outside_history(lived.store, cut),
                                                 lived.source, &lived.player->keys(), at)
                    .world();
            });
    }
}

TEST_CASE("under named rules the state of one duty is what the whole history gives under them",
          "[history]") {
    for (const auto& path : tests::scenario_files("scenarios")) {
        INFO(path);
        Lived lived{path};
        const Instant known = lived.moments().back();
        const Digest bundle = lived.player->engine().world().bundle;
        compare(lived, known, {known, std::nullopt, bundle}, known, [&](Instant cut) {
            const auto history = history::outside_history(lived.store, cut);
            history::Rehearsal rehearsal{lived.source, &lived.player->keys(), history.answers};
            for (const auto& act : history.acts) rehearsal.run(act);
            rehearsal.advance(cut);
            return rehearsal.world();
        });
    }
}
