#pragma once

#include <optional>

#include "engine/pdca/deadline.hpp"
#include "engine/pdca/scope.hpp"

namespace dutylog::pdca {

/// What a clock of a definition needs to become a deadline.
struct ClockInputs {
    const definition::Clock* clock = nullptr;
    calendar::Roll roll = calendar::Roll::forward;
    Period grace;
    Instant now;       ///< the moment the duty became known, or is planned anew
    Instant occasion;  ///< moment of the fact that opened the cycle, for `before`
};

/// @returns nothing where the clock's expression gives no date yet
std::optional<Deadline> deadline_of(const ClockInputs& inputs, Scope& scope, const Rules& rules);

/// The deadline that lies on a day: rolled, with the trace of how the day was counted.
calendar::DueDate due_on(CivilDate day, calendar::Roll roll, const Scope& scope,
                         const Rules& rules);

}  // namespace dutylog::pdca
