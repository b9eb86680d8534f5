#include "engine/pdca/going_back.hpp"
#include "engine/pdca/people.hpp"
#include "engine/pdca/sealing.hpp"
#include "engine/pdca/target.hpp"

namespace dutylog::pdca {

namespace {

using definition::Phase;

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
    if (target.state != nullptr)
        if (auto checked = check_no_signer(*target.state, actor); !checked) return checked;
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
    scope.set_form(command.duty, command.step, command.form);
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
    if (auto checked = check_sealed(context.world, command.form); !checked) return checked;
    Scope scope = form_scope(context, target, command);
    const std::string what = "the form of " + target.step->id;
    if (auto checked = check_fields(scope, specs, command.form, what); !checked) return checked;
    for (const auto& field : target.step->form) {
        if (command.form[field.spec.id].is_none()) continue;
        const std::string said = "the field `" + field.spec.id + "`: " + field.say.in(Language::en);
        if (field.must != nullptr && !scope.holds(field.must))
            return std::unexpected{
                Rejection{"form_rule", said,
                          "字段“" + field.spec.id + "”：" + field.say.in(Language::zh_cn)}};
        if (field.should != nullptr && !scope.holds(field.should)) warnings.push_back(said);
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
        decision.drafts.push_back(
            context.draft(StepReturned{target.cycle->number, go, "outcome " + outcome.id,
                                       steps_again(*target.definition, *target.cycle, go)},
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

}  // namespace dutylog::pdca
