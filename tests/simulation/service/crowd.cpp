#include "tests/simulation/service/crowd.hpp"

#include <algorithm>

#include "engine/runtime/publication.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/library.hpp"

namespace dutylog::simulation {

namespace {

constexpr std::size_t commands_of_a_commit = 500;

/// Gives commands to the engine itself, many to a commit.
class Entering {
public:
    Entering(Machine& machine, Outside& outside, std::string name)
        : machine_{machine}, outside_{outside}, name_{std::move(name)} {}
    ~Entering() { commit(); }

    void add(pdca::Command command, std::vector<Bytes> blobs = {}) {
        const pdca::World& world = machine_.process().engine().world();
        const Instant now = outside_.clocks.wall();
        pdca::Meta meta;
        meta.id = CommandId{name_ + std::to_string(++number_)};
        meta.actor = ActorId{"records"};
        if (world.rules != nullptr) {
            const auto& zone = world.rules->zone();
            meta.effective = {Precision::instant, now, zone.local(now).date, now, zone.name()};
        }
        batch_.push_back({std::move(command), std::move(meta), std::move(blobs)});
        if (batch_.size() == commands_of_a_commit) commit();
    }

    void commit() {
        const Instant now = outside_.clocks.wall();
        for (const auto& answer : machine_.process().engine().run(batch_, now))
            require(!answer.refusal, "the plant can be entered");
        batch_.clear();
    }

private:
    Machine& machine_;
    Outside& outside_;
    std::string name_;
    std::size_t number_ = 0;
    std::vector<runtime::Submission> batch_;
};

Reference site_of(std::size_t number) { return {"site", "s" + std::to_string(number)}; }

pdca::RecordFact holds(const Reference& of, const char* role, const std::string& person) {
    return {of, "holds_role", Record::of({{"role", role}, {"person", Reference{"worker", person}}}),
            0};
}

}  // namespace

void enter_crowd(Machine& machine, Outside& outside, const Crowd& crowd) {
    auto publication = runtime::publication_of(big_library());
    Entering entering{machine, outside, "enter-"};
    entering.add(pdca::PublishBundle{publication.bundle, "edition", ActorId{}},
                 std::move(publication.blobs));
    entering.commit();
    outside.rules = machine.process().engine().world().known_rules;
    const Reference employer{"employer", "acme"};
    entering.add(pdca::AddSubject{employer, {}, {}});
    entering.add(pdca::AddSubject{{"worker", Crowd::chief}, employer, {}});
    entering.add(holds(employer, "PR", Crowd::chief));
    for (std::size_t i = 0; i < crowd.sites; ++i) {
        entering.add(pdca::AddSubject{site_of(i), employer, {}});
        entering.add(pdca::AddSubject{{"worker", Crowd::person(i)}, employer, {}});
        entering.add(holds(site_of(i), "EQ", Crowd::person(i)));
    }
    for (std::size_t i = 0; i < crowd.assets; ++i)
        entering.add(pdca::AddSubject{{"asset", Crowd::asset(i)}, site_of(i % crowd.sites), {}});
    entering.commit();
}

void promise_all(Machine& machine, Outside& outside, const Crowd& crowd, int number) {
    Entering entering{machine, outside, "promise-" + std::to_string(number) + "-"};
    for (std::size_t i = 0; i < crowd.assets; ++i)
        entering.add(pdca::RecordFact{{"asset", Crowd::asset(i)},
                                      "promise",
                                      Record::of({{"number", std::int64_t{number}}}),
                                      0});
}

}  // namespace dutylog::simulation
