#pragma once

#include <vector>

#include "adapters/cli/command.hpp"
#include "engine/scenario/run.hpp"

namespace dutylog::cli {

/// A scenario that was played, and what its questions found.
struct Played {
    const scenario::Scenario& scenario;
    scenario::Player& player;
    std::vector<scenario::Problem> problems;
    std::vector<scenario::Answered> answers;
};

/// Tells it from the first day to the last: what happened and what followed, day by day, then the
/// breaches in the order in which they were due, then the questions with their answers.
void tell_story(Session& session, const Played& played);

}  // namespace dutylog::cli
