#include "engine/pdca/asked.hpp"
#include "engine/pdca/people.hpp"
#include "engine/pdca/target.hpp"

/// Signatures that people ask for besides those the definition names (docs/decisions/0011).
namespace dutylog::pdca {

namespace {

bool did_or_owns(const StepState& state, const ActorId& person) {
    return state.owner == person || (state.status == StepStatus::done && state.by == person);
}

bool is_holder(const DecideContext& context, const Target& target, const std::string& role,
               const ActorId& person) {
    return !role.empty() && holder(context.world, context.rules(), role, target.duty->subject,
                                   context.now) == person;
}

/// Who stands above the step: whoever answers for the duty, and the person in charge.
bool stands_above(const DecideContext& context, const Target& target, const ActorId& person) {
    return is_holder(context, target, target.definition->accountable, person) ||
           principal(context.world, context.rules(), target.duty->subject, context.now) == person;
}

const Signer* signer_of(const StepState& state, const ActorId& person) {
    const auto found = std::ranges::find(state.signers, person, &Signer::person);
    return found == state.signers.end() ? nullptr : &*found;
}

/// Those who answer for the step, do it, or say whether it is good.
bool may_add(const DecideContext& context, const Target& target) {
    const ActorId& actor = context.meta.actor;
    const auto approves = [&](const std::string& role) {
        return is_holder(context, target, role, actor);
    };
    return did_or_owns(*target.state, actor) || signer_of(*target.state, actor) != nullptr ||
           std::ranges::any_of(target.step->approve, approves) ||
           is_holder(context, target, target.step->verified_by, actor) ||
           stands_above(context, target, actor);
}

Result<void> check_signer(const DecideContext& context, const Target& target,
                          const ActorId& signer) {
    if (person_reference(context.world, context.rules(), signer).empty())
        return reject("unknown_person", "nobody is called " + signer.str());
    if (signer == context.meta.actor || did_or_owns(*target.state, signer) ||
        target.duty->subject.id == signer.str())
        return reject("self_approval", "nobody signs their own work or case");
    if (signer_of(*target.state, signer) != nullptr)
        return reject("already_asked", signer.str() + " was asked to sign it before");
    const auto given = [&](const std::string& approval) {
        return approval.ends_with("=" + signer.str());
    };
    if (std::ranges::any_of(target.state->approvals, given))
        return reject("already_signed", signer.str() + " has approved it");
    return {};
}

}  // namespace

Result<void> check_no_signer(const StepState& step, const ActorId& doer) {
    if (signer_of(step, doer) == nullptr) return {};
    return reject("signer_is_doer",
                  doer.str() + " was asked to sign " + step.id + "; someone else does it");
}

Result<Decision> on(const DecideContext& context, const AddSigner& command) {
    const auto target = unfinished_target(context, command.duty, command.cycle, command.step);
    if (!target) return std::unexpected{target.error()};
    if (command.reason.empty()) return reject("no_reason", "asking for a signature needs a reason");
    if (!may_add(context, *target))
        return reject("not_concerned", context.meta.actor.str() + " neither answers for " +
                                           command.step + " nor does, approves or verifies it");
    if (auto checked = check_signer(context, *target, command.signer); !checked)
        return std::unexpected{checked.error()};
    return context.outside(
        SignerAdded{target->cycle->number, command.step, command.signer, command.reason},
        command.duty);
}

Result<Decision> on(const DecideContext& context, const ReleaseSigner& command) {
    const auto target = unfinished_target(context, command.duty, command.cycle, command.step);
    if (!target) return std::unexpected{target.error()};
    if (command.reason.empty())
        return reject("no_reason", "doing without a signature needs a reason");
    const Signer* signer = signer_of(*target->state, command.signer);
    if (signer == nullptr || signer->has_signed)
        return reject("not_asked", "the step does not wait for " + command.signer.str());
    const ActorId& actor = context.meta.actor;
    if (did_or_owns(*target->state, actor))
        return reject("self_approval", "who does the work does not let off who signs it");
    if (actor != signer->by && !stands_above(context, *target, actor))
        return reject("not_concerned", "only who asked for it, or who answers for the duty, can");
    return context.outside(
        SignerReleased{target->cycle->number, command.step, command.signer, command.reason},
        command.duty);
}

Result<Decision> sign(const DecideContext& context, const ApproveStep& command) {
    const auto target = unfinished_target(context, command.duty, command.cycle, command.step);
    if (!target) return std::unexpected{target.error()};
    const ActorId& actor = context.meta.actor;
    const Signer* signer = signer_of(*target->state, actor);
    if (signer == nullptr)
        return reject("not_asked", actor.str() + " was not asked to sign " + command.step +
                                       "; whoever approves it for a role names the role");
    if (target->state->status != StepStatus::done)
        return reject("not_done", "only a step that is done can be signed");
    if (signer->has_signed) return reject("already_signed", actor.str() + " has signed it");
    if (target->state->by == actor || target->duty->subject.id == actor.str())
        return reject("self_approval", "nobody signs their own work or case");
    return context.outside(StepApproved{target->cycle->number, command.step, ""}, command.duty);
}

}  // namespace dutylog::pdca
