#pragma once

#include "engine/log/event_store.hpp"
#include "tests/simulation/service/asker.hpp"

namespace dutylog::simulation {

/// Every answer that was given is what a fold of the log gives for that moment and those clocks:
/// nothing is left out that was committed before, and nothing is told that the log does not hold.
/// Lists have every entry once, in their order, however many pages they came in.
void check_answers(log::EventStore& store, const pdca::RulesSource& rules, const Asker& asker);

}  // namespace dutylog::simulation
