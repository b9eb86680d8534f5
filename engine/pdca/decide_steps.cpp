#include "engine/pdca/going_back.hpp"
#include "engine/pdca/people.hpp"
#include "engine/pdca/target.hpp"

namespace dutylog::pdca {

Result<Decision> on(const DecideContext& context, const ReturnStep& command) {
    const auto target =
        target_of(context, command.duty, command.cycle, command.step, StepStatus::done);
    if (!target) return std::unexpected{target.error()};
    if (command.reason.empty()) return reject("no_reason", "sending back needs a reason");
    if (target->state == nullptr || target->state->status != StepStatus::done)
        return reject("not_done", "only a step that is done can be sent back");
    auto decision = context.outside(
        StepReturned{target->cycle->number, command.step, command.reason,
                     steps_again(*target->definition, *target->cycle, command.step)},
        command.duty);
    const auto phase = static_cast<std::uint8_t>(target->step->phase);
    if (phase < target->cycle->phase)
        decision->drafts.push_back(context.draft(
            PhaseEntered{target->cycle->number, phase, {}, "sent back: " + command.reason},
            command.duty));
    return decision;
}

Result<Decision> on(const DecideContext& context, const ApproveStep& command) {
    if (command.role.empty()) return sign(context, command);
    const auto target =
        target_of(context, command.duty, command.cycle, command.step, StepStatus::done);
    if (!target) return std::unexpected{target.error()};
    if (target->state == nullptr || target->state->status != StepStatus::done)
        return reject("not_done", "only a step that is done can be approved");
    if (!has(target->step->approve, command.role))
        return reject("unknown_role", command.role + " does not approve " + command.step);
    if (holder(context.world, context.rules(), command.role, target->duty->subject, context.now) !=
        context.meta.actor)
        return reject("not_the_holder",
                      context.meta.actor.str() + " does not hold the role " + command.role);
    if (target->state->by == context.meta.actor ||
        target->duty->subject.id == context.meta.actor.str())
        return reject("self_approval", "nobody approves their own case");
    return context.outside(StepApproved{target->cycle->number, command.step, command.role},
                           command.duty);
}

Result<Decision> on(const DecideContext& context, const ReassignStep& command) {
    const auto target = target_of(context, command.duty, command.cycle, command.step);
    if (!target) return std::unexpected{target.error()};
    if (target->state == nullptr || target->state->status != StepStatus::open)
        return reject("step_not_open", "only an open step can be given to someone else");
    if (person_reference(context.world, context.rules(), command.owner).empty())
        return reject("unknown_person", "nobody is called " + command.owner.str());
    if (auto checked = check_no_signer(*target->state, command.owner); !checked)
        return std::unexpected{checked.error()};
    return context.outside(
        StepReassigned{target->cycle->number, command.step, command.owner, command.reason},
        command.duty);
}

Result<Decision> on(const DecideContext& context, const PostponeStep& command) {
    const auto target = target_of(context, command.duty, command.cycle, command.step);
    if (!target) return std::unexpected{target.error()};
    if (auto checked = check_postponement(*target, command.until); !checked)
        return std::unexpected{checked.error()};
    if (command.reason.empty()) return reject("no_reason", "a postponement needs a reason");
    if (command.approver.empty() || command.approver == context.meta.actor)
        return reject("self_approval", "someone else approves a postponement");
    return context.outside(StepPostponed{target->cycle->number, command.step,
                                         postponed_to(context.rules(), command.until),
                                         command.approver, command.reason},
                           command.duty);
}

Result<Decision> on(const DecideContext& context, const LeaveOutSteps& command) {
    const auto target = target_of(context, command.duty, command.cycle, "");
    if (!target) return std::unexpected{target.error()};
    if (command.reason.empty()) return reject("no_reason", "leaving out a step needs a reason");
    if (command.approver.empty() || command.approver == context.meta.actor)
        return reject("self_approval", "someone else approves that a step is left out");
    for (const std::string& step : command.steps)
        if (target->definition->step(step) == nullptr)
            return reject("unknown_step", "there is no step " + step);
    if (has(command.steps, target->definition->met_by))
        return reject("law_deadline",
                      "the step that meets the deadline cannot be left out; "
                      "cancel the cycle instead");
    return context.outside(
        StepsLeftOut{target->cycle->number, command.steps, command.approver, command.reason},
        command.duty);
}

}  // namespace dutylog::pdca
