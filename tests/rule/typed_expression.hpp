#pragma once

#include <cstdint>

#include "engine/rule/expression.hpp"

namespace dutylog::rule::test {

/// An expression over the names of `TestScope` that is of good type, the same for the same seed.
Expression typed_expression(std::uint64_t seed);

}  // namespace dutylog::rule::test
