#pragma once

#include <string>
#include <vector>

#include "engine/definition/model.hpp"
#include "engine/pdca/state.hpp"

namespace dutylog::pdca {

/// Steps that were open or done after `step` and have to be done again when it is: those of later
/// phases, and those of its own that wait for it. A measure answers a finding that stays; it is not
/// repeated.
std::vector<std::string> steps_again(const definition::Definition& definition, const Cycle& cycle,
                                     const std::string& step);

}  // namespace dutylog::pdca
