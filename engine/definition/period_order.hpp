#pragma once

#include "engine/core/period.hpp"

namespace dutylog::definition {

/// Whether `a` is longer than `b` whatever the day they are counted from. Months and years are
/// compared as such; days with months by the shortest and longest they can be.
bool surely_longer(Period a, Period b);

/// Whether `a` is certainly as long as `b`, or longer.
bool surely_not_shorter(Period a, Period b);

}  // namespace dutylog::definition
