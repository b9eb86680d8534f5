#include "engine/pdca/target.hpp"
#include "engine/pdca/wheels.hpp"

namespace dutylog::pdca {

Result<Decision> on(const DecideContext& context, const SuspendCycle& command) {
    const auto target = target_of(context, command.duty, command.cycle, "");
    if (!target) return std::unexpected{target.error()};
    if (target->cycle->status != CycleStatus::open)
        return reject("not_open", "only an open cycle can be suspended");
    return context.outside(CycleSuspended{target->cycle->number, command.reason}, command.duty);
}

Result<Decision> on(const DecideContext& context, const ResumeCycle& command) {
    CycleNumber number = command.cycle;
    if (const Duty* duty = context.world.duty(command.duty); duty != nullptr && number == 0) {
        const auto suspended =
            std::ranges::find(duty->cycles, CycleStatus::suspended, &Cycle::status);
        if (suspended != duty->cycles.end()) number = suspended->number;
    }
    const auto target = target_of(context, command.duty, number, "");
    if (!target) return std::unexpected{target.error()};
    if (target->cycle->status != CycleStatus::suspended)
        return reject("not_suspended", "the cycle is not suspended");
    return context.outside(CycleResumed{target->cycle->number}, command.duty);
}

Result<Decision> on(const DecideContext& context, const CancelCycle& command) {
    const auto target = target_of(context, command.duty, command.cycle, "");
    if (!target) return std::unexpected{target.error()};
    if (command.reason.empty()) return reject("no_reason", "cancelling needs a reason");
    if (command.approver.empty() || command.approver == context.meta.actor)
        return reject("self_approval", "someone else approves that a cycle is cancelled");
    return context.outside(CycleCancelled{target->cycle->number, command.approver, command.reason},
                           command.duty);
}

Result<Decision> on(const DecideContext& context, const CloseCycle& command) {
    const auto target = target_of(context, command.duty, command.cycle, "");
    if (!target) return std::unexpected{target.error()};
    for (const StepState& step : target->cycle->steps) {
        const definition::Step* spec = target->definition->step(step.id);
        const bool verified = spec == nullptr || !spec->measure || step.verified ||
                              step.status == StepStatus::carried;
        if (!verified) return reject("open_measure", "the measure " + step.id + " is not verified");
        if (step.status == StepStatus::open)
            return reject("open_step", "the step " + step.id + " is open");
    }
    if (!target->cycle->met) return reject("not_met", "what the duty demands is not done");
    if (command.approver.empty() || command.approver == context.meta.actor)
        return reject("self_approval", "someone else approves the closing");
    CycleClosed closed{target->cycle->number, {}, command.approver, command.reason};
    for (const StepState& step : target->cycle->steps)
        if (step.status == StepStatus::carried) closed.carried.push_back(step.id);
    for (const Duty* child : open_children(context.world, *target->duty))
        closed.carried.push_back(child->stream.str());
    if (!closed.carried.empty() && command.reason.empty())
        return reject("no_reason", "carrying on what is open needs a reason");
    return context.outside(closed, command.duty);
}

Result<Decision> on(const DecideContext& context, const MigrateCycle& command) {
    const auto target = target_of(context, command.duty, command.cycle, "");
    if (!target) return std::unexpected{target.error()};
    const definition::Definition* current = context.rules().definition(target->duty->definition);
    if (current == nullptr) return reject("unknown_definition", "the definition was retired");
    if (current->version == target->cycle->version)
        return reject("same_version", "the cycle already runs on the version in force");
    if (command.approver.empty() || command.approver == context.meta.actor)
        return reject("self_approval", "someone else approves a migration");
    for (const StepState& step : target->cycle->steps) {
        std::string name = step.id;
        for (const std::string& move : command.moves)
            if (move.starts_with(step.id + "=")) name = move.substr(step.id.size() + 1);
        if (current->step(name) == nullptr)
            return reject("unknown_step", "the new version has no step " + name +
                                              "; say where it goes: `" + step.id + "=…`");
    }
    return context.outside(
        CycleMigrated{target->cycle->number, current->version, command.approver, command.moves},
        command.duty);
}

}  // namespace dutylog::pdca
