#pragma once

#include <cstdint>

#include "engine/rule/expression.hpp"

namespace dutylog::rule::test {

inline constexpr std::uint64_t expressions_per_seed = 200;

/// An expression over the names of `TestScope` and some it does not have, the same for the same
/// seed; well within the limits of the parser, rarely of good type.
Expression random_expression(std::uint64_t seed);

}  // namespace dutylog::rule::test
