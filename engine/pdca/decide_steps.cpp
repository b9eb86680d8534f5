#include "engine/pdca/decide_parts.hpp"
#include "engine/pdca/people.hpp"

namespace dutylog::pdca {

namespace {

using definition::Phase;

bool has(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// The duty, cycle and step a command names; found, or a rejection that says what is missing.
struct Target {
    const Duty* duty = nullptr;
    const Cycle* cycle = nullptr;
    const definition::Definition* definition = nullptr;
    const definition::Step* step = nullptr;
    const StepState* state = nullptr;
};

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

Result<Target> target_of(const DecideContext& context, const StreamId& stream, CycleNumber number,
                         const std::string& step, StepStatus status = StepStatus::open) {
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

Result<void> check_open(const Target& target) {
    if (target.cycle->status == CycleStatus::suspended)
        return reject("suspended", "the cycle is suspended; resume it first");
    if (target.state != nullptr && target.state->status == StepStatus::open) return {};
    if (target.state != nullptr && target.state->status != StepStatus::waiting)
        return reject("already_done", "the step " + target.step->id + " is done");
    // That the work itself was done may always be reported, however early.
    if (target.step->id == target.definition->met_by) return {};
    return reject("step_not_open", "the step " + target.step->id + " is not open yet");
}

/// Who did the work does not check it, unless the definition says so and why.
Result<void> check_doer(const DecideContext& context, const Target& target) {
    const ActorId& actor = context.meta.actor;
    if (target.step->phase == Phase::check && target.step->self_check_reason.empty())
        for (const StepState& done : target.cycle->steps)
            if (done.id.starts_with("do.") && done.status == StepStatus::done && done.by == actor)
                return reject("checker_is_doer", "the check " + target.step->id +
                                                     " needs someone other than " + actor.str() +
                                                     ", who did " + done.id);
    for (const std::string& word : target.step->not_by) {
        const StepState* done = target.cycle->step(word);
        const bool did = done != nullptr && done->by == actor;
        const bool is_holder = target.definition->step(word) == nullptr &&
                               holder(context.world, context.rules(), word, target.duty->subject,
                                      context.now) == actor;
        if (did || is_holder)
            return reject("excluded_person", "the step " + target.step->id +
                                                 " may not be done by " + actor.str() + " (" +
                                                 word + ")");
    }
    return {};
}

const definition::Outcome* outcome_of(const definition::Step& step, const std::string& id) {
    for (const auto& outcome : step.outcomes)
        if (outcome.id == id) return &outcome;
    return nullptr;
}

Result<const definition::Outcome*> check_outcome(const Target& target,
                                                 const CompleteStep& command) {
    if (target.step->outcomes.empty() && command.outcome.empty()) return nullptr;
    const definition::Outcome* outcome = outcome_of(*target.step, command.outcome);
    if (outcome == nullptr) {
        std::string known;
        for (const auto& each : target.step->outcomes)
            known += (known.empty() ? "" : ", ") + each.id;
        return reject("unknown_outcome", "the step " + target.step->id + " ends with one of [" +
                                             known + "], found `" + command.outcome + "`");
    }
    for (const std::string& need : outcome->needs)
        if (command.form[need].is_none() && !has(command.evidence, need))
            return reject("missing_field", "the outcome " + outcome->id + " needs `" + need + "`");
    return outcome;
}

Scope form_scope(const DecideContext& context, const Target& target, const CompleteStep& command) {
    Scope scope{context.world, context.rules(), context.now};
    scope.set(target.duty->subject.kind, target.duty->subject);
    scope.set("on", context.meta.effective.date);
    scope.set("opening", target.cycle->opened_on);
    scope.set("due", target.cycle->deadline.nominal());
    if (const auto* form = command.form.as<Record>())
        for (const Field& field : form->fields()) scope.set(field.name, field.value);
    return scope;
}

Result<void> check_form(const DecideContext& context, const Target& target,
                        const CompleteStep& command, std::vector<std::string>& warnings) {
    std::vector<definition::FieldSpec> specs;
    for (const auto& field : target.step->form) specs.push_back(field.spec);
    for (const auto& outcome : target.step->outcomes)
        for (const std::string& need : outcome.needs) {
            const auto known = [&](const auto& spec) { return spec.id == need; };
            if (std::none_of(specs.begin(), specs.end(), known))
                specs.push_back(
                    {need, {rule::Kind::any, true, "", "", {}, nullptr}, false, "", {}});
        }
    if (auto checked = check_fields(specs, command.form, "the form of " + target.step->id);
        !checked)
        return checked;
    Scope scope = form_scope(context, target, command);
    for (const auto& field : target.step->form) {
        if (command.form[field.spec.id].is_none()) continue;
        const std::string said = field.say.in(Language::en);
        if (field.must != nullptr && !scope.holds(field.must))
            return reject("form_rule", "the field `" + field.spec.id + "`: " + said);
        if (field.should != nullptr && !scope.holds(field.should))
            warnings.push_back("the field `" + field.spec.id + "`: " + said);
    }
    return {};
}

Result<void> check_evidence(const Target& target, const CompleteStep& command) {
    for (const std::string& wanted : target.step->evidence) {
        const auto given = [&](const std::string& piece) {
            return piece == wanted || piece.starts_with(wanted + "=");
        };
        if (std::none_of(command.evidence.begin(), command.evidence.end(), given))
            return reject("missing_evidence",
                          "the step " + target.step->id + " needs the evidence `" + wanted + "`");
    }
    return {};
}

/// Where an outcome leads: back to a step that opens again, or forward past what is left out.
void follow(const DecideContext& context, const Target& target, const definition::Outcome& outcome,
            Decision& decision) {
    if (outcome.go.empty()) return;
    const bool worn_out =
        outcome.at_most > 0 && target.state != nullptr && target.state->times > outcome.at_most;
    const std::string& go = worn_out && !outcome.then.empty() ? outcome.then : outcome.go;
    const definition::Step* next = target.definition->step(go);
    if (next == nullptr) return;
    const auto phase = static_cast<std::uint8_t>(next->phase);
    PhaseEntered entered{target.cycle->number, phase, {}, "outcome " + outcome.id};
    const bool back = phase <= static_cast<std::uint8_t>(target.step->phase);
    if (back) {
        decision.drafts.push_back(context.draft(
            StepReturned{target.cycle->number, go, "outcome " + outcome.id}, target.duty->stream));
        decision.drafts.push_back(context.draft(
            StepReturned{target.cycle->number, target.step->id, "outcome " + outcome.id},
            target.duty->stream));
    } else {
        for (const auto& step : target.definition->steps) {
            const auto at = static_cast<std::uint8_t>(step.phase);
            if (at < phase && at > static_cast<std::uint8_t>(target.step->phase) &&
                step.upon_findings.empty() && step.upon_outcomes.empty())
                entered.left_out.push_back(step.id);
        }
    }
    if (phase != target.cycle->phase)
        decision.drafts.push_back(context.draft(entered, target.duty->stream));
}

}  // namespace

Result<Decision> on(const DecideContext& context, const CompleteStep& command) {
    const auto target = target_of(context, command.duty, command.cycle, command.step);
    if (!target) return std::unexpected{target.error()};
    std::vector<std::string> warnings;
    if (auto checked = check_open(*target); !checked) return std::unexpected{checked.error()};
    if (context.meta.effective.at > context.now)
        return reject("in_the_future", "a step cannot be done later than it is recorded");
    if (auto checked = check_doer(context, *target); !checked)
        return std::unexpected{checked.error()};
    const auto outcome = check_outcome(*target, command);
    if (!outcome) return std::unexpected{outcome.error()};
    if (auto checked = check_form(context, *target, command, warnings); !checked)
        return std::unexpected{checked.error()};
    if (auto checked = check_evidence(*target, command); !checked)
        return std::unexpected{checked.error()};
    auto decision =
        context.outside(StepCompleted{target->cycle->number, command.step, command.outcome,
                                      command.form, command.evidence, warnings},
                        command.duty);
    if (*outcome != nullptr) follow(context, *target, **outcome, *decision);
    context.add_late_entry(*decision, command.duty);
    decision->warnings = std::move(warnings);
    return decision;
}

Result<Decision> on(const DecideContext& context, const ReturnStep& command) {
    const auto target =
        target_of(context, command.duty, command.cycle, command.step, StepStatus::done);
    if (!target) return std::unexpected{target.error()};
    if (command.reason.empty()) return reject("no_reason", "sending back needs a reason");
    if (target->state == nullptr || target->state->status != StepStatus::done)
        return reject("not_done", "only a step that is done can be sent back");
    auto decision = context.outside(
        StepReturned{target->cycle->number, command.step, command.reason}, command.duty);
    const auto phase = static_cast<std::uint8_t>(target->step->phase);
    if (phase < target->cycle->phase)
        decision->drafts.push_back(context.draft(
            PhaseEntered{target->cycle->number, phase, {}, "sent back: " + command.reason},
            command.duty));
    return decision;
}

Result<Decision> on(const DecideContext& context, const ApproveStep& command) {
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
    return context.outside(
        StepReassigned{target->cycle->number, command.step, command.owner, command.reason},
        command.duty);
}

Result<Decision> on(const DecideContext& context, const PostponeStep& command) {
    const auto target = target_of(context, command.duty, command.cycle, command.step);
    if (!target) return std::unexpected{target.error()};
    if (command.step == target->definition->met_by)
        return reject("law_deadline", "the deadline of the duty itself cannot be postponed");
    if (target->state == nullptr || target->state->status != StepStatus::open)
        return reject("step_not_open", "only an open step can be postponed");
    if (command.reason.empty()) return reject("no_reason", "a postponement needs a reason");
    if (command.approver.empty() || command.approver == context.meta.actor)
        return reject("self_approval", "someone else approves a postponement");
    if (command.until > target->cycle->deadline.effective())
        return reject("law_deadline", "a step cannot be postponed past the duty's own deadline, " +
                                          to_string(target->cycle->deadline.effective()));
    Deadline deadline;
    deadline.kind = DeadlineKind::date;
    deadline.rule = calendar::fixed_due(command.until, calendar::Roll::none,
                                        context.rules().calendar(), context.rules().zone());
    deadline.enforced = deadline.rule.effective;
    deadline.ends = deadline.rule.due_at;
    deadline.expression = "postponed";
    return context.outside(StepPostponed{target->cycle->number, command.step, deadline,
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

Result<Decision> on(const DecideContext& context, const SuspendCycle& command) {
    const auto target = target_of(context, command.duty, command.cycle, "");
    if (!target) return std::unexpected{target.error()};
    if (target->cycle->status != CycleStatus::open)
        return reject("not_open", "only an open cycle can be suspended");
    return context.outside(CycleSuspended{target->cycle->number, command.reason}, command.duty);
}

Result<Decision> on(const DecideContext& context, const ResumeCycle& command) {
    const auto target = target_of(context, command.duty, command.cycle, "");
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
    return context.outside(CycleClosed{target->cycle->number, {}, command.approver, command.reason},
                           command.duty);
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
