#include "engine/pdca/stored.hpp"
#include "tests/simulation/author.hpp"
#include "tests/simulation/campaign.hpp"
#include "tests/simulation/seed.hpp"

namespace {

using namespace dutylog::simulation;

/// The log of a seed as its story made it, one event a line, for whoever looks for a fault.
void show(std::uint64_t seed, Plant plant) {
    write_story(seed, plant, [](const dutylog::log::StoredEvent& stored) {
        const auto& envelope = stored.envelope;
        const auto event =
            dutylog::pdca::EventCodec::decode(envelope.type, envelope.schema, stored.payload);
        std::cout << envelope.position << ' ' << to_string(envelope.recorded) << ' '
                  << envelope.stream.str() << ' ' << envelope.type << " by " << envelope.actor.str()
                  << " command " << envelope.command.str() << " cause " << envelope.cause
                  << " true at " << to_string(envelope.effective.at) << ' '
                  << dutylog::pdca::EventCodec::to_json(event) << '\n';
        return true;
    });
}

/// Plays every seed twice, with one worker and with several: they must write the same bytes.
int run_twice(const Campaign& campaign, Plant plant) {
    const InOrder<SeedOutcome>::Play play_one = [&](std::uint64_t seed) {
        return run_seed(seed, plant);
    };
    std::vector<SeedOutcome> first;
    const InOrder<SeedOutcome>::See keep = [&](std::uint64_t, const SeedOutcome& outcome) {
        first.push_back(outcome);
        return true;
    };
    InOrder<SeedOutcome>{campaign.from, campaign.seeds, play_one, keep}.run(1);
    std::uint64_t others = 0;
    const InOrder<SeedOutcome>::See compare = [&](std::uint64_t seed, const SeedOutcome& outcome) {
        const SeedOutcome& before = first.at(seed - campaign.from);
        if (outcome.trace == before.trace && outcome.broken == before.broken) return true;
        ++others;
        std::cout << "seed " << seed << " gives other bytes when it is played again\n";
        return true;
    };
    InOrder<SeedOutcome>{campaign.from, campaign.seeds, play_one, compare}.run(
        std::max(2U, campaign.workers));
    std::cout << first.size() << " seeds played twice, " << others << " gave other bytes\n";
    return others == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{
        "Plays seeded histories of an employer on stores that fail, and checks that the "
        "log keeps every promise."};
    Campaign campaign{.program = "./dev sim"};
    bool shows = false;
    bool same = false;
    campaign.declare(app);
    app.add_flag("--same", same, "play each seed twice and compare what was written");
    app.add_flag("--show", shows, "print the log of the first seed instead");
    CLI11_PARSE(app, argc, argv);
    if (const auto settled = campaign.settled(names_of(all_plants()))) return *settled;
    const Plant plant = plant_named(campaign.plant).value();
    if (shows) {
        show(campaign.from, plant);
        return 0;
    }
    if (same) return run_twice(campaign, plant);
    return play<SeedOutcome>(campaign, [&](std::uint64_t seed) { return run_seed(seed, plant); });
}
