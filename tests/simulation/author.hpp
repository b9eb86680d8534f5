#pragma once

#include "tests/simulation/invention.hpp"
#include "tests/simulation/library.hpp"
#include "tests/simulation/plant.hpp"
#include "tests/simulation/story.hpp"

namespace dutylog::simulation {

/// Writes the history of a seed by living it through on a store in memory that does not fail: an
/// employer of a few posts, workers and assets over some months, with a virtual clock that timers,
/// standstills and jumps move on.
/// @throws Broken  where the engine fails though nothing was done to it
/// @param look  sees every event of the log at its end
Story write_story(std::uint64_t seed, Plant plant, const log::EventStore::Visit& look = {});

}  // namespace dutylog::simulation
