#include <algorithm>

#include "engine/pdca/judge.hpp"

namespace dutylog::pdca {

namespace {

/// A deadline may move only while it is a count of days that facts can change.
bool can_move(const Cycle& cycle) {
    return !cycle.met && (cycle.deadline.kind == DeadlineKind::date ||
                          cycle.deadline.kind == DeadlineKind::window);
}

}  // namespace

/// What `scope_for` and the rules of repetition read of the duty.
Judged::Plan Judge::plan_of(const Cycle& cycle) const {
    Judged::Plan plan;
    plan.definition = &definition_;
    plan.cycle = cycle.number;
    plan.occasion = cycle.occasion;
    if (cycle.status != CycleStatus::scheduled) plan.opened_on = cycle.opened_on;
    plan.due = cycle.deadline.nominal();
    plan.last_completion = duty_->last_completion();
    plan.completions = duty_->completions();
    plan.past = duty_->past.size();
    for (const StepState& step : cycle.steps)
        if (step.status == StepStatus::done) plan.steps_done.emplace_back(step.id, step.on);
    return plan;
}

/// A fact that changes the count moves the deadline, by an event that says so.
Drafts Judge::replan(const Cycle& cycle) {
    if (!can_move(cycle)) return {};
    // Systems count their children, which is no part of a plan.
    const bool kept = judged_ != nullptr && definition_.level == definition::Level::duty;
    Judged::Plan plan = kept ? plan_of(cycle) : Judged::Plan{};
    if (kept && std::ranges::find(judged_->plans, plan) != judged_->plans.end()) return {};
    Scope scope = scope_for(cycle);
    const auto deadline = cycle_deadline(cycle, scope);
    if (!deadline || same_dates(*deadline, cycle.deadline)) {
        if (kept) judged_->plans.push_back(std::move(plan));
        return {};
    }
    if (kept) judged_->plans.clear();
    return {draft(DeadlineMoved{cycle.number, "", cycle.deadline, *deadline}, &scope)};
}

std::optional<Instant> Judge::opening_time(const Cycle& cycle) const {
    if (cycle.status != CycleStatus::scheduled) return std::nullopt;
    if (!definition_.open_before || cycle.deadline.late_known) return now_;
    const CivilDate day = calendar::count_days(cycle.deadline.nominal(), *definition_.open_before,
                                               calendar::Direction::before, rules_.calendar());
    return rules_.zone().day_start(day);
}

Drafts Judge::open(const Cycle& cycle) {
    const auto at = opening_time(cycle);
    if (!at || (*at > now_ && !cycle.met)) return {};
    return {draft(CycleOpened{cycle.number})};
}

/// The step that counts is done: the deadline is met, on the day it was done. A date claimed after
/// the deadline had already been missed does not heal it: then the day of entry counts.
Drafts Judge::meet(const Cycle& cycle) {
    if (cycle.met) return {};
    const Step* step = definition_.step(definition_.met_by);
    const StepState* state = cycle.step(definition_.met_by);
    if (step == nullptr || state == nullptr || !complete(cycle, *step)) return {};
    DeadlineMet event;
    event.cycle = cycle.number;
    const bool claimed = cycle.missed && state->at < cycle.deadline.ends &&
                         cycle.deadline.kind != DeadlineKind::before;
    event.at = claimed ? now_ : state->at;
    event.on = claimed ? today_ : state->on;
    if (cycle.missed || event.on > cycle.deadline.enforced) {
        event.days_late = std::max(0, event.on.days - cycle.deadline.enforced.days);
        event.working_days_late = std::max(
            0,
            calendar::working_days_between(cycle.deadline.enforced, event.on, rules_.calendar()));
    }
    Draft met = draft(event);
    met.rests_on = {state->position};
    return {met};
}

bool Judge::assumed(const Deadline& deadline) const {
    const auto names = [&](const Assumption& a, bool star) {
        return (star ? a.definition == "*" : a.definition == definition_.id) &&
               (a.subject.empty() || a.subject == subject_);
    };
    for (const bool star : {false, true}) {
        bool found = false;
        for (const Assumption& assumption : world_.assumptions) {
            if (!names(assumption, star)) continue;
            found = true;
            if (assumption.forever || deadline.effective() <= assumption.until) return true;
        }
        if (found) return false;  // an assumption of its own speaks over the general one
    }
    return false;
}

bool Judge::contradicted(const Step& step, Instant since) {
    if (!step.breached_by) return false;
    for (const RelatedFact& fact :
         related_facts(world_, rules_, subject_, step.breached_by->fact)) {
        if (fact.entry->effective.at < since) continue;
        Scope scope{world_, rules_, now_};
        scope.set(subject_.kind, subject_);
        scope.set(step.breached_by->fact,
                  scope.record_of(fact.subject->id, step.breached_by->fact, *fact.entry));
        if (scope.holds(step.breached_by->where)) return true;
    }
    return false;
}

Draft Judge::missed(const Cycle& cycle, const std::string& step, Breach breach,
                    const Deadline& deadline) {
    DeadlineMissed event;
    event.cycle = cycle.number;
    event.step = step;
    event.breach = breach;
    event.due = deadline.late_known ? deadline.ends : deadline.rule.due_at;
    event.due_on = deadline.late_known ? deadline.enforced : deadline.effective();
    event.tracked = definition_.tracked;
    if (!definition_.basis.empty()) event.basis = definition_.basis.front().obligation;
    return draft_at(event, event.due, event.due_on);
}

Drafts Judge::miss(const Cycle& cycle) {
    if (cycle.met || cycle.missed) return {};
    const Deadline& deadline = cycle.deadline;
    const Step* step = definition_.step(definition_.met_by);
    const StepState* state = cycle.step(definition_.met_by);
    const bool done = step != nullptr && state != nullptr && complete(cycle, *step);
    if (deadline.kind == DeadlineKind::before) {
        // What else is recorded at the same instant still counts, whatever its order.
        if (done && state->at < deadline.rule.due_at) return {};
        if (now_ <= std::max(deadline.ends, cycle.scheduled)) return {};
    } else if (deadline.kind == DeadlineKind::at_once) {
        if (done && state->at < deadline.ends) return {};
        const bool against = !done && step != nullptr && contradicted(*step, cycle.scheduled);
        if (against && now_ > cycle.scheduled && !assumed(deadline))
            return {missed(cycle, "", Breach::contradicted, deadline)};
        if (now_ < deadline.ends) return {};
    } else if (now_ < deadline.ends || (cycle.withdrawn && done && state->at < deadline.ends)) {
        return {};  // a correction of what had met it in time
    }
    if (assumed(deadline)) {
        if (done) return {};
        DeadlineMet met{cycle.number, deadline.rule.due_at, deadline.nominal(), true, 0, 0};
        return {draft(met)};
    }
    const Breach breach = cycle.withdrawn                         ? Breach::rejudged
                          : deadline.kind == DeadlineKind::before ? Breach::act_first
                                                                  : Breach::overdue;
    return {missed(cycle, "", breach, deadline)};
}

}  // namespace dutylog::pdca
