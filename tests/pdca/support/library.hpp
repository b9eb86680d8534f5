#pragma once

#include <string>
#include <vector>

#include "engine/pdca/rules.hpp"

namespace dutylog::pdca::test {

/// The rules of a small works: an employer, sites, fans, posts and workers, a few facts about
/// them, the roles PR (principal), OHM, EQ (of a fan), WS and TU, and two ladders. In UTC, with an
/// ordinary week and no holidays.
/// @param definitions  texts as in a file, without `dutylog:`, `title:`, `basis:` and `effective:`
///        where they would say nothing
/// @throws std::runtime_error  with every problem, where they do not load
RulesPtr rules_of(const std::vector<std::string>& definitions);

}  // namespace dutylog::pdca::test
