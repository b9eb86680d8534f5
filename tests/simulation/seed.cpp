#include "tests/simulation/seed.hpp"

#include "tests/simulation/author.hpp"

namespace dutylog::simulation {

SeedOutcome run_seed(std::uint64_t seed, Plant plant) {
    SeedOutcome outcome;
    Trace trace;
    try {
        const Story story = write_story(seed, plant);
        trace.add(story);
        Draw draw{~seed};
        if (seed % 4 == 0) {
            const auto memory = memory_disk();
            outcome.tally += play_story(story, *memory, plant, draw.fork(), trace);
        }
        const auto sqlite = sqlite_disk(draw.fork(), plant != Plant::skip_sync);
        outcome.tally += play_story(story, *sqlite, plant, draw.fork(), trace);
    } catch (const std::exception& error) {
        outcome.broken = error.what();  // whatever is thrown, nothing was to be thrown
    }
    outcome.trace = trace.finish();
    return outcome;
}

}  // namespace dutylog::simulation
