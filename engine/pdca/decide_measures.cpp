#include "engine/pdca/target.hpp"

namespace dutylog::pdca {

Result<Decision> on(const DecideContext& context, const RaiseFinding& command) {
    const auto target = target_of(context, command.duty, command.cycle, "");
    if (!target) return std::unexpected{target.error()};
    if (command.finding.empty()) return reject("missing_field", "a finding needs a name");
    const auto answers = [&](const definition::Step& step) {
        return has(step.upon_findings, command.finding);
    };
    if (std::none_of(target->definition->steps.begin(), target->definition->steps.end(), answers))
        return reject("no_measure",
                      "no measure of the definition answers the finding `" + command.finding + "`");
    return context.outside(FindingRaised{target->cycle->number, command.finding, command.step,
                                         command.severity, "", command.note},
                           command.duty);
}

Result<Decision> on(const DecideContext& context, const VerifyMeasure& command) {
    const auto target =
        target_of(context, command.duty, command.cycle, command.step, StepStatus::done);
    if (!target) return std::unexpected{target.error()};
    if (!target->step->measure) return reject("no_measure", command.step + " is no measure");
    if (target->state == nullptr || target->state->status != StepStatus::done)
        return reject("not_done", "only a measure that is done can be verified");
    if (target->state->by == context.meta.actor)
        return reject("self_verification", "someone else verifies a measure");
    return context.outside(
        MeasureVerified{target->cycle->number, command.step, command.effective, command.note},
        command.duty);
}

Result<Decision> on(const DecideContext& context, const CarryMeasure& command) {
    const auto target = target_of(context, command.duty, command.cycle, command.step);
    if (!target) return std::unexpected{target.error()};
    if (!target->step->measure) return reject("no_measure", command.step + " is no measure");
    if (command.approver.empty() || command.approver == context.meta.actor)
        return reject("self_approval", "someone else approves that a measure is carried on");
    return context.outside(
        MeasureCarried{target->cycle->number, command.step, command.approver, command.reason},
        command.duty);
}

}  // namespace dutylog::pdca
