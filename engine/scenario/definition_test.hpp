#pragma once

#include <string>
#include <vector>

#include "engine/definition/test_case.hpp"
#include "engine/pdca/rules.hpp"

namespace dutylog::scenario {

/// Runs a test that a definition carries: on one invented subject, in a world of its own, where
/// every role is held by a person named after it.
/// @returns differences in sentences; empty when the test passes
std::vector<std::string> run_definition_test(const pdca::RulesPtr& rules,
                                             const definition::TestCase& test);

}  // namespace dutylog::scenario
