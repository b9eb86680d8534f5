#pragma once

#include <string>

#include "engine/pdca/decide_parts.hpp"

namespace dutylog::pdca {

/// The duty, cycle and step a command names; found, or a rejection that says what is missing.
struct Target {
    const Duty* duty = nullptr;
    const Cycle* cycle = nullptr;
    const definition::Definition* definition = nullptr;
    const definition::Step* step = nullptr;
    const StepState* state = nullptr;
};

/// Finds what a command about a duty means. An empty `step` asks for the cycle alone; the cycle
/// number 0 for the oldest in which the step can be done, or with `StepStatus::done`, in which it
/// is done.
Result<Target> target_of(const DecideContext& context, const StreamId& stream, CycleNumber number,
                         const std::string& step, StepStatus status = StepStatus::open);

/// The step of a cycle (0: of the oldest) in which it has begun and still lacks something: it is
/// open, or done and not approved, signed or verified by all who have to.
Result<Target> unfinished_target(const DecideContext& context, const StreamId& stream,
                                 CycleNumber number, const std::string& step);

/// Whether the step can be put off to that day: it is open, it is not the one the law counts, and
/// the day lies within the duty's own deadline.
Result<void> check_postponement(const Target& target, CivilDate until);
/// The deadline of a step that was put off.
Deadline postponed_to(const Rules& rules, CivilDate until);

}  // namespace dutylog::pdca
