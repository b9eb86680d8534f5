#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tests/simulation/plant.hpp"
#include "tests/simulation/play.hpp"

namespace dutylog::simulation {

/// What a seed showed.
struct SeedOutcome {
    std::optional<std::string> broken;  ///< the promise that did not hold
    Tally tally;
    Digest trace{};  ///< over all that was written, answered and found: the same in every run
};

/// Writes the history of a seed, and plays it on stores that fail.
SeedOutcome run_seed(std::uint64_t seed, Plant plant);

}  // namespace dutylog::simulation
