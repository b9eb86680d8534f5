#include "tests/simulation/runner.hpp"

#include "tests/simulation/in_order.hpp"

namespace dutylog::simulation {

void play_seeds(const Campaign& campaign, const See& see) {
    const InOrder<SeedOutcome>::Play play = [&](std::uint64_t seed) {
        return run_seed(seed, campaign.plant);
    };
    InOrder<SeedOutcome>{campaign.from, campaign.seeds, play, see}.run(campaign.workers);
}

}  // namespace dutylog::simulation
