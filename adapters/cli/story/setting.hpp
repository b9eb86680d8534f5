#pragma once

#include "adapters/cli/narrator.hpp"
#include "engine/scenario/story.hpp"

namespace dutylog::cli {

/// Who and what the story is about, as a tree; who holds which role; what is assumed.
void tell_setting(Console& console, const Narrator& narrator, const scenario::Scenario& scenario);

}  // namespace dutylog::cli
