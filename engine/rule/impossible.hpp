#pragma once

#include <vector>

#include "engine/rule/expression.hpp"
#include "engine/rule/type_error.hpp"

namespace dutylog::rule {

/// Warns of conditions that can never hold, or hold always: two literals compared; `x == a and
/// x == b`; `x > 5 and x < 3`; every word of an enumeration refused, or every word allowed.
/// @param expression  typed
void find_impossible(const Expression& expression, std::vector<TypeError>& errors);

}  // namespace dutylog::rule
