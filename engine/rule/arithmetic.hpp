#pragma once

#include "engine/core/value.hpp"
#include "engine/rule/expression.hpp"

namespace dutylog::rule {

/// `a op b` for add, subtract, multiply, divide: whole numbers stay whole but for division;
/// quantities keep their unit; quantity / quantity of one unit is a number.
/// @returns none where the two do not fit, the result is too large, or for a zero divisor
Value calculate(Op op, const Value& a, const Value& b);

}  // namespace dutylog::rule
