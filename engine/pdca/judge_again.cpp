#include <algorithm>

#include "engine/pdca/judge.hpp"

namespace dutylog::pdca {

Drafts Judge::rejudge() {
    for (const auto part : {&Judge::rejudge_occasions, &Judge::rejudge_past, &Judge::rejudge_steps})
        if (Drafts drafts = (this->*part)(); !drafts.empty()) return drafts;
    return {};
}

/// A cycle whose occasion never was is cancelled; a corrected occasion takes its place, and so does
/// another one that had joined.
Drafts Judge::rejudge_occasions() {
    if (!definition_.upon) return {};
    const std::string& fact = definition_.upon->fact;
    for (const Cycle& cycle : duty_->cycles) {
        if (cycle.occasion == 0 || !world_.voided.contains(cycle.occasion)) continue;
        Position instead = 0;
        if (const auto found = correction_of(world_, rules_, subject_, fact, cycle.occasion))
            instead = found->entry->position;
        for (const Position joined : cycle.joined)
            if (instead == 0 && !world_.voided.contains(joined)) instead = joined;
        Draft said = instead == 0
                         ? draft(CycleCancelled{cycle.number, {}, "its occasion was voided"})
                         : draft(OccasionJoined{cycle.number, instead, cycle.occasion});
        said.rests_on = {cycle.occasion};
        return {said};
    }
    for (const PastCycle& past : duty_->past) {
        if (past.occasion == 0 || !world_.voided.contains(past.occasion)) continue;
        const auto found = correction_of(world_, rules_, subject_, fact, past.occasion);
        if (!found) continue;
        Draft said = draft(OccasionJoined{past.number, found->entry->position, past.occasion});
        said.rests_on = {past.occasion};
        return {said};
    }
    return {};
}

/// The correction of the fact that had met a deadline, if it meets it too.
std::optional<RelatedFact> Judge::correction_for(Position completion) {
    const Step* step = definition_.step(definition_.met_by);
    if (step == nullptr || !step->done_by) return std::nullopt;
    const auto found = correction_of(world_, rules_, subject_, step->done_by->fact, completion);
    if (!found) return std::nullopt;
    Scope scope{world_, rules_, now_};
    scope.set(subject_.kind, subject_);
    scope.set(step->done_by->fact,
              scope.record_of(found->subject->id, step->done_by->fact, *found->entry));
    return scope.holds(step->done_by->where) ? found : std::nullopt;
}

/// Cycles that are over: missed after all where their day has passed.
Drafts Judge::rejudge_past() {
    for (const PastCycle& past : duty_->past) {
        if (past.met_position == 0 || !world_.voided.contains(past.met_position)) continue;
        CompletionWithdrawn event{past.number, past.met_position, 0, {}};
        if (const auto instead = correction_for(past.met_position)) {
            event.instead = instead->entry->position;
            event.on = instead->entry->effective.date;
        }
        Drafts drafts{draft(event)};
        const bool late = event.instead == 0 ? now_ >= past.due_at : event.on > past.due;
        if (late && !past.missed)
            drafts.push_back(draft_at(
                DeadlineMissed{past.number, "", Breach::rejudged, past.due_at, past.due,
                               definition_.tracked,
                               definition_.basis.empty() ? "" : definition_.basis[0].obligation},
                past.due_at, past.due));
        for (Draft& each : drafts) each.rests_on = {past.met_position};
        return drafts;
    }
    return {};
}

/// Steps of open cycles: to be done again, unless a correction does it at once.
Drafts Judge::rejudge_steps() {
    for (const Cycle& cycle : duty_->cycles)
        for (const StepState& step : cycle.steps) {
            if (step.position == 0 || !world_.voided.contains(step.position)) continue;
            Draft again = draft(StepReopened{cycle.number, step.id, step.position});
            again.rests_on = {step.position};
            return {again};
        }
    return {};
}

}  // namespace dutylog::pdca
