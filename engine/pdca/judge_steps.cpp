#include <algorithm>

#include "engine/pdca/asked.hpp"
#include "engine/pdca/judge.hpp"
#include "engine/pdca/people.hpp"

namespace dutylog::pdca {

namespace {

using definition::Phase;

bool finding_raised(const Cycle& cycle, const std::string& name) {
    return std::any_of(cycle.findings.begin(), cycle.findings.end(),
                       [&](const FindingState& finding) { return finding.id == name; });
}

bool outcome_given(const Cycle& cycle, const std::string& name) {
    return std::any_of(cycle.steps.begin(), cycle.steps.end(), [&](const StepState& step) {
        return step.status == StepStatus::done && step.outcome == name;
    });
}

bool over(const StepState& step) {
    return step.status == StepStatus::done || step.status == StepStatus::left_out ||
           step.status == StepStatus::carried;
}

}  // namespace

/// Whether the step belongs to this turn: it always does, or a finding or outcome asks for it.
bool Judge::wanted(const Cycle& cycle, const Step& step) const {
    if (step.upon_findings.empty() && step.upon_outcomes.empty()) return true;
    if (std::ranges::find(cycle.carried_in, step.id) != cycle.carried_in.end()) return true;
    return std::any_of(step.upon_findings.begin(), step.upon_findings.end(),
                       [&](const std::string& name) { return finding_raised(cycle, name); }) ||
           std::any_of(step.upon_outcomes.begin(), step.upon_outcomes.end(),
                       [&](const std::string& name) { return outcome_given(cycle, name); });
}

bool Judge::complete(const Cycle& cycle, const Step& step) const {
    return is_complete(definition_, cycle, step);
}

bool Judge::ready(const Cycle& cycle, const Step& step) const {
    return std::all_of(step.after.begin(), step.after.end(), [&](const std::string& id) {
        const Step* earlier = definition_.step(id);
        return earlier == nullptr || !wanted(cycle, *earlier) || complete(cycle, *earlier);
    });
}

/// The first fact that completes the step: not used before, and of this turn.
std::optional<RelatedFact> Judge::match_for(const Cycle& cycle, const Step& step, Scope& scope) {
    const bool before = cycle.deadline.kind == DeadlineKind::before;
    std::optional<CivilDate> occasion;  // the day of what opened the cycle
    if (!cycle.ran_by.duty.empty())
        occasion = cycle.ran_by.on;
    else if (cycle.occasion != 0)
        if (const auto fact = fact_at(occasions_of(), cycle.occasion))
            occasion = fact->entry->effective.date;
    const auto last = duty_->last_completion();
    const StepState* state = cycle.step(step.id);
    for (const RelatedFact& fact : related_facts(world_, rules_, subject_, step.done_by->fact)) {
        const registry::FactEntry& entry = *fact.entry;
        if (std::binary_search(duty_->used_facts.begin(), duty_->used_facts.end(), entry.position))
            continue;
        if (occasion && !before && entry.effective.date < *occasion) continue;
        if (!occasion && step.id == definition_.met_by && last && entry.effective.date <= *last)
            continue;
        if (!occasion && step.id != definition_.met_by && state != nullptr &&
            entry.effective.date < state->opened_on)
            continue;
        scope.set(step.done_by->fact, scope.record_of(fact.subject->id, step.done_by->fact, entry));
        if (scope.holds(step.done_by->where)) return fact;
    }
    return std::nullopt;
}

Drafts Judge::satisfy(const Cycle& cycle) {
    for (const Step& step : definition_.steps) {
        if (!step.done_by || !wanted(cycle, step)) continue;
        const StepState* state = cycle.step(step.id);
        if (state != nullptr && over(*state)) continue;
        const bool open = state != nullptr && state->status == StepStatus::open;
        if (!open && step.id != definition_.met_by) continue;
        Scope scope = scope_for(cycle);
        if (const auto fact = match_for(cycle, step, scope)) {
            Draft made = draft(StepSatisfied{cycle.number, step.id, fact->entry->position,
                                             fact->entry->effective.at, fact->entry->effective.date,
                                             fact->entry->actor},
                               &scope);
            made.effective = fact->entry->effective;
            return {made};
        }
    }
    return {};
}

/// What a finished step shows to be wrong. That nothing was found is on the record too: the answer
/// of a rule that read a sealed field outlives its key.
Drafts Judge::findings(const Cycle& cycle) {
    for (const Step& step : definition_.steps) {
        const StepState* state = cycle.step(step.id);
        if (step.findings.empty() || state == nullptr || state->status != StepStatus::done ||
            state->judged)
            continue;
        Scope scope = scope_for(cycle);
        if (state->fact != 0 && step.done_by) {
            const auto facts = related_facts(world_, rules_, subject_, step.done_by->fact);
            if (const auto fact = fact_at(facts, state->fact)) {
                const Value record =
                    scope.record_of(fact->subject->id, step.done_by->fact, *fact->entry);
                scope.set(step.done_by->fact, record);
                if (const auto* fields = record.as<Record>())
                    for (const Field& field : fields->fields()) scope.set(field.name, field.value);
            }
        }
        scope.set_form(stream_, step.id, state->form);
        scope.set("on", state->on);
        Drafts drafts;
        for (const auto& finding : step.findings) {
            if (!scope.holds(finding.when)) continue;
            FindingRaised event{cycle.number,     finding.id,    step.id,
                                finding.severity, finding.basis, ""};
            drafts.push_back(draft(event, &scope));
            drafts.back().rests_on.push_back(state->position);
        }
        if (drafts.empty())
            drafts.push_back(draft(FindingRaised{cycle.number, "", step.id, "", "", ""}, &scope));
        return drafts;
    }
    return {};
}

Drafts Judge::open_step(const Cycle& cycle, const Step& step) {
    Scope scope = scope_for(cycle);
    StepOpened event;
    event.cycle = cycle.number;
    event.step = step.id;
    event.role = step.owner.empty() ? definition_.owner : step.owner;
    event.owner = holder(world_, rules_, event.role, subject_, now_);
    event.vacant = event.owner.empty();
    if (event.vacant) event.owner = principal(world_, rules_, subject_, now_);
    const bool own_clock = step.due.kind != definition::ClockKind::date || step.due.due != nullptr;
    if (own_clock && step.id != definition_.met_by) {
        const ClockInputs inputs{&step.due, definition_.roll, definition_.grace, now_, now_};
        scope.set("opening", cycle.opened_on);
        if (const auto deadline = deadline_of(inputs, scope, rules_)) event.deadline = *deadline;
    }
    Drafts drafts{draft(event, &scope)};
    if (event.vacant)
        for (Draft& said : vacancy(cycle, step.id, event.role, event.owner))
            drafts.push_back(std::move(said));
    return drafts;
}

/// Opens the steps whose turn has come; when a phase has no step left, goes on to the next.
Drafts Judge::advance(const Cycle& cycle) {
    if (cycle.status != CycleStatus::open) return {};
    const Step* meets = definition_.step(definition_.met_by);
    const auto meets_phase =
        meets == nullptr ? std::uint8_t{0} : static_cast<std::uint8_t>(meets->phase);
    if (cycle.met && cycle.phase < meets_phase) {
        PhaseEntered event{cycle.number, meets_phase, {}, "overtaken by " + definition_.met_by};
        for (const Step& step : definition_.steps) {
            const StepState* state = cycle.step(step.id);
            if (static_cast<std::uint8_t>(step.phase) < meets_phase && wanted(cycle, step) &&
                (state == nullptr || !over(*state)))
                event.left_out.push_back(step.id);
        }
        return {draft(event)};
    }
    bool waiting = false;
    for (const Step& step : definition_.steps) {
        if (static_cast<std::uint8_t>(step.phase) != cycle.phase || !wanted(cycle, step)) continue;
        const StepState* state = cycle.step(step.id);
        const bool fresh = state == nullptr || state->status == StepStatus::waiting;
        if (cycle.assumed && fresh && step.id == definition_.met_by) continue;
        if (fresh && ready(cycle, step) && !cycle.assumed) return open_step(cycle, step);
        if (!cycle.assumed && !complete(cycle, step)) waiting = true;
    }
    return waiting ? Drafts{} : next_phase(cycle);
}

Drafts Judge::next_phase(const Cycle& cycle) {
    if (!cycle.assumed)
        for (const Step& step : definition_.steps)
            if (static_cast<std::uint8_t>(step.phase) > cycle.phase && wanted(cycle, step))
                return {draft(
                    PhaseEntered{cycle.number, static_cast<std::uint8_t>(step.phase), {}, ""})};
    const Step* meets = definition_.step(definition_.met_by);
    const StepState* state = cycle.step(definition_.met_by);
    const bool led_away =
        meets != nullptr && state != nullptr && leads_away(*meets, state->outcome);
    if (!cycle.met && !led_away) return {};
    if (has_open_children()) return {};  // closed by a named approver who carries them on
    CycleClosed event{cycle.number, {}, {}, ""};
    for (const StepState& step : cycle.steps)
        if (step.status == StepStatus::carried) event.carried.push_back(step.id);
    return {draft(event)};
}

}  // namespace dutylog::pdca
