#pragma once

#include <functional>

#include "tests/simulation/seed.hpp"

namespace dutylog::simulation {

/// Which seeds to play, and by how many threads. Seeds share nothing, so their number changes
/// nothing but the time it takes.
struct Campaign {
    std::uint64_t from = 1;
    std::uint64_t seeds = 100;
    unsigned workers = 1;
    Plant plant = Plant::none;
};

/// Sees the outcomes in the order of their seeds. @returns whether to go on
using See = std::function<bool(std::uint64_t seed, const SeedOutcome& outcome)>;

/// Plays the seeds until all are played or `see` has had enough.
void play_seeds(const Campaign& campaign, const See& see);

}  // namespace dutylog::simulation
