#pragma once

#include "tests/simulation/disk.hpp"
#include "tests/simulation/plant.hpp"
#include "tests/simulation/story.hpp"
#include "tests/simulation/trace.hpp"

namespace dutylog::simulation {

/// What happened in a run, for those who want to know that it was worth something.
struct Tally {
    std::size_t crashes = 0;     ///< faults that struck, and powers cut
    std::size_t half_way = 0;    ///< those after which the move was in the log all the same
    std::size_t points = 0;      ///< writes and syncs at which one and the same move was struck
    std::size_t told_again = 0;  ///< answers lost and given again
    std::uint64_t events = 0;
    Tally& operator+=(const Tally& other);
    std::string text() const;
};

/// Lives a story through once more on a disk that fails, starting again after every crash and
/// sending again what was not answered. Its log must come to be the story's log, and after every
/// crash it must stand either before the move or after it.
/// @param trace  takes in what is found after every crash
/// @throws Broken
Tally play_story(const Story& story, Disk& disk, Plant plant, Draw draw, Trace& trace);

}  // namespace dutylog::simulation
