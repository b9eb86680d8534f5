#include "engine/pdca/target.hpp"

#include "engine/pdca/asked.hpp"

namespace dutylog::pdca {

namespace {

bool open_in(const Cycle& cycle, const std::string& step) {
    const StepState* state = cycle.step(step);
    return state != nullptr && state->status == StepStatus::open;
}

bool done_in(const Cycle& cycle, const std::string& step) {
    const StepState* state = cycle.step(step);
    return state != nullptr && state->status != StepStatus::open &&
           state->status != StepStatus::waiting;
}

/// The oldest cycle in which the step is open, else the oldest in which it is not done.
/// For what is said of work already done, the oldest in which it is done.
const Cycle* choose_cycle(const Duty& duty, CycleNumber number, const std::string& step,
                          StepStatus status) {
    if (number != 0) return duty.cycle(number);
    if (status == StepStatus::done)
        for (const Cycle& cycle : duty.cycles)
            if (const StepState* state = cycle.step(step))
                if (state->status == status) return &cycle;
    for (const Cycle& cycle : duty.cycles)
        if (open_in(cycle, step)) return &cycle;
    for (const Cycle& cycle : duty.cycles)
        if (cycle.running() && !done_in(cycle, step)) return &cycle;
    return duty.cycles.empty() ? nullptr : &duty.cycles.front();
}

}  // namespace

Result<Target> target_of(const DecideContext& context, const StreamId& stream, CycleNumber number,
                         const std::string& step, StepStatus status) {
    Target target;
    target.duty = context.world.duty(stream);
    if (target.duty == nullptr)
        return reject("unknown_duty", "there is no open duty " + stream.str());
    target.cycle = choose_cycle(*target.duty, number, step, status);
    if (target.cycle == nullptr)
        return reject("no_open_cycle",
                      "the duty has no open cycle" +
                          (number == 0 ? std::string{} : " " + std::to_string(number)));
    target.definition = context.world.pinned(target.duty->definition, target.cycle->version);
    if (target.definition == nullptr)
        return reject("unknown_definition", "the duty's definition is not in force");
    if (step.empty()) return target;
    target.step = target.definition->step(step);
    if (target.step == nullptr)
        return reject("unknown_step",
                      "the definition " + target.definition->id + " has no step " + step);
    target.state = target.cycle->step(step);
    return target;
}

Result<Target> unfinished_target(const DecideContext& context, const StreamId& stream,
                                 CycleNumber number, const std::string& step) {
    const auto unfinished = [&](const Target& target) {
        return target.state != nullptr &&
               (target.state->status == StepStatus::open ||
                (target.state->status == StepStatus::done &&
                 !is_complete(*target.definition, *target.cycle, *target.step)));
    };
    const Duty* duty = context.world.duty(stream);
    if (duty != nullptr && number == 0)
        for (const Cycle& cycle : duty->cycles)
            if (const auto target = target_of(context, stream, cycle.number, step))
                if (unfinished(*target)) return target;
    auto target = target_of(context, stream, number, step);
    if (!target || unfinished(*target)) return target;
    const bool begun = target->state != nullptr && target->state->status == StepStatus::done;
    if (begun) return reject("already_done", "the step " + step + " is complete");
    return reject("step_not_open", "the step " + step + " is not open");
}

Result<void> check_postponement(const Target& target, CivilDate until) {
    if (target.step->id == target.definition->met_by)
        return reject("law_deadline", "the deadline of the duty itself cannot be postponed");
    if (target.state == nullptr || target.state->status != StepStatus::open)
        return reject("step_not_open", "only an open step can be postponed");
    if (until > target.cycle->deadline.effective())
        return reject("law_deadline", "a step cannot be postponed past the duty's own deadline, " +
                                          to_string(target.cycle->deadline.effective()));
    return {};
}

Deadline postponed_to(const Rules& rules, CivilDate until) {
    Deadline deadline;
    deadline.kind = DeadlineKind::date;
    deadline.rule =
        calendar::fixed_due(until, calendar::Roll::none, rules.calendar(), rules.zone());
    deadline.enforced = deadline.rule.effective;
    deadline.ends = deadline.rule.due_at;
    deadline.expression = "postponed";
    return deadline;
}

}  // namespace dutylog::pdca
