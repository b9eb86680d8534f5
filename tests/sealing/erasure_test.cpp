#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "engine/history/questions.hpp"
#include "engine/history/rehearsal.hpp"
#include "engine/pdca/sealing.hpp"
#include "engine/pdca/stored.hpp"
#include "engine/scenario/run.hpp"
#include "tests/sealing/clinic.hpp"

using namespace dutylog;
using namespace dutylog::tests;

namespace {

struct Lived {
    std::unique_ptr<scenario::Scenario> story;
    memory::MemoryStore store;
    std::unique_ptr<scenario::Player> player;

    explicit Lived(const std::string& path) {
        std::vector<scenario::Problem> problems;
        story = scenario::read_scenario({path, read_text(path)}, problems);
        REQUIRE(problems.empty());
        const auto& library =
            shipped(story->library.ends_with("examples") ? "workflows/examples" : "workflows");
        player = std::make_unique<scenario::Player>(*story, library.files, library.rules, store,
                                                    scenario::PlayOptions{});
        for (const auto& problem : player->play()) FAIL(problem.message);
    }

    /// @returns how many keys there were
    int erase_everybody() {
        int erased = 0;
        for (const auto& [id, subject] : player->engine().world().subjects)
            erased += player->keys().erase(pdca::key_of(id)) ? 1 : 0;
        return erased;
    }

    pdca::RulesSource source() {
        return [this](const Digest& bundle) { return player->engine().rules().find(bundle); };
    }
};

}  // namespace

TEST_CASE("without the keys every story replays to the same state hashes and breaches",
          "[sealing][erasure]") {
    for (const auto& path : scenario_files("scenarios")) {
        INFO(path);
        Lived lived{path};
        const auto before = history::first_missed(lived.player->engine().world());
        CHECK(lived.erase_everybody() > 0);
        pdca::World world;
        world.source = lived.source();
        lived.store.scan(1, [&](const log::StoredEvent& stored) {
            pdca::replay(world, stored);
            CHECK(pdca::state_hash_of(world, stored.envelope.stream) == stored.envelope.state_hash);
            return true;
        });
        CHECK(boost::json::serialize(history::first_missed(world)) ==
              boost::json::serialize(before));
    }
}

TEST_CASE("without the keys the unchanged history still reproduces itself event for event",
          "[sealing][erasure]") {
    for (const auto& path : scenario_files("scenarios")) {
        INFO(path);
        Lived lived{path};
        lived.erase_everybody();
        const auto again = history::rehearse(history::outside_history(lived.store, std::nullopt),
                                             lived.source(), &lived.player->keys());
        CHECK(again.unreadable().empty());
        REQUIRE(again.events().size() == lived.store.head().size);
        lived.store.scan(1, [&](const log::StoredEvent& stored) {
            const auto& event = again.events()[stored.envelope.position - 1];
            CHECK(pdca::EventCodec::encode(event.event) == stored.payload);
            return pdca::EventCodec::encode(event.event) == stored.payload;
        });
    }
}

TEST_CASE("an erasure says who, why and when, and takes the key", "[sealing][erasure]") {
    memory::MemoryStore store;
    log::DerivedKeys keys{"test"};
    Clinic clinic{store, keys};
    REQUIRE(keys.find("worker/zhang"));
    CHECK(reason_of(clinic.run(pdca::ErasePerson{clinic.zhang, ""})) == "no_reason");
    REQUIRE(keys.find("worker/zhang"));
    const auto answer = clinic.erase();
    REQUIRE_FALSE(answer.refusal);
    CHECK_FALSE(keys.find("worker/zhang"));
    store.scan(answer.first, [&](const log::StoredEvent& stored) {
        CHECK(stored.envelope.type == "registry.person_erased");
        CHECK(stored.envelope.actor == ActorId{"mei"});
        CHECK(stored.envelope.recorded == morning);
        return false;
    });
    CHECK(reason_of(clinic.erase()) == "erased");
}

TEST_CASE("after an erasure nothing personal is recorded of that person, and all else is",
          "[sealing][erasure]") {
    memory::MemoryStore store;
    log::DerivedKeys keys{"test"};
    Clinic clinic{store, keys};
    clinic.erase();
    CHECK(reason_of(clinic.state("symptom", Record::of({{"words", given_symptom}}))) == "erased");
    CHECK_FALSE(keys.find("worker/zhang"));
    CHECK(reason_of(clinic.state("exposure", Record::of({{"hazard", "benzene"}}))).empty());
}

TEST_CASE("an erasure that was cut short before the key went is finished at the next start",
          "[sealing][erasure]") {
    memory::MemoryStore store;
    log::DerivedKeys keys{"test"};
    Clinic{store, keys}.erase();
    keys.make(std::vector<std::string>{"worker/zhang"});
    const runtime::Engine again{store, keys};
    CHECK_FALSE(keys.find("worker/zhang"));
}

TEST_CASE("a key that is lost is not made anew", "[sealing][erasure]") {
    memory::MemoryStore store;
    log::DerivedKeys keys{"test"};
    Clinic clinic{store, keys};
    keys.erase("worker/zhang");
    CHECK(reason_of(clinic.state("symptom", Record::of({{"words", "x"}}))) == "no_key");
    CHECK_FALSE(keys.find("worker/zhang"));
}

TEST_CASE("a what-if asks an erased field in vain, unless the log has the answer",
          "[sealing][erasure]") {
    memory::MemoryStore store;
    log::DerivedKeys keys{"test"};
    Clinic clinic{store, keys};
    clinic.run(
        pdca::RecordFact{{"post", "spray"}, "post_hazard", Record::of({{"hazard", "benzene"}}), 0});
    clinic.report("contraindication", "benzene");
    const pdca::RequestAct entry{clinic.zhang, "enter_post",
                                 Record::of({{"post", Reference{"post", "spray"}}})};
    const bool asked_before = GENERATE(false, true);
    if (asked_before) clinic.run(entry);
    clinic.erase();
    const auto history = history::outside_history(store, std::nullopt);
    history::Rehearsal rehearsal{clinic.source(), &keys, history.answers};
    for (const history::OutsideAct& act : history.acts) rehearsal.run(act);
    CHECK(rehearsal.unreadable().empty());
    const auto refusal = rehearsal.run({0, morning, entry, clinic.meta("what-if")});
    REQUIRE(refusal);
    CHECK((refusal->detail.find("contraindicated") != std::string::npos) == asked_before);
    CHECK(rehearsal.unreadable().contains("worker/zhang") == !asked_before);
}
