#include <algorithm>

#include "engine/pdca/judge.hpp"

namespace dutylog::pdca {

namespace {

/// The cycle of `child` that the opening of a step started or joined.
template <class Cycles>
auto started_by(const Cycles& cycles, Position opening) {
    return std::ranges::find_if(cycles, [&](const auto& cycle) {
        return cycle.occasion == opening ||
               std::ranges::find(cycle.joined, opening) != cycle.joined.end();
    });
}

bool known_to(const Duty* child, Position opening) {
    return child != nullptr && std::ranges::binary_search(child->occasions, opening);
}

}  // namespace

/// An open step with `run:` starts a cycle of the other definition for the same subject.
Drafts Judge::runs(const Cycle& cycle) {
    for (const StepState& state : cycle.steps) {
        const Step* step = definition_.step(state.id);
        if (state.status != StepStatus::open || step == nullptr || step->run.empty()) continue;
        const Definition* other = rules_.definition(step->run);
        if (other == nullptr) continue;
        Judge child{world_, *other, subject_, now_};
        if (known_to(child.duty_, state.opening)) continue;
        return child.run_for(cycle, state, stream_);
    }
    return {};
}

/// The cycle's own clock counts from the opening of the step; where it cannot, the cycle is due
/// with the step.
Drafts Judge::run_for(const Cycle& parent, const StepState& step, const StreamId& parent_stream) {
    if (duty_ == nullptr || !duty_->active) return {opened(nullptr)};
    if (definition_.while_open == definition::WhileOpen::merge && !duty_->cycles.empty())
        return {draft(OccasionJoined{duty_->cycles.back().number, step.opening, 0})};
    Cycle fresh;
    fresh.number = duty_->cycles_made + 1;
    fresh.occasion = step.opening;
    fresh.ran_by = {parent_stream, parent.number, step.id, step.opened, step.opened_on};
    Scope scope = scope_for(fresh);
    const Deadline& otherwise =
        step.deadline.kind == DeadlineKind::none ? parent.deadline : step.deadline;
    Draft made =
        draft(CycleScheduled{fresh.number, fresh.occasion, definition_.version,
                             cycle_deadline(fresh, scope).value_or(otherwise), fresh.ran_by},
              &scope);
    made.rests_on.push_back(step.opening);
    return {made};
}

/// A step that ran another definition is done when that cycle is met, if nobody said so before.
Drafts Judge::ran(const Cycle& cycle) {
    for (const StepState& state : cycle.steps) {
        const Step* step = definition_.step(state.id);
        if (state.status != StepStatus::open || step == nullptr || step->run.empty()) continue;
        const Duty* child = world_.duty(duty_stream(step->run, subject_));
        if (!known_to(child, state.opening)) continue;
        StepSatisfied event{cycle.number, state.id, 0, {}, {}, {}};
        const auto over = started_by(child->past, state.opening);
        const auto open = started_by(child->cycles, state.opening);
        if (over != child->past.end() && over->met && !over->assumed) {
            event = {cycle.number, state.id,     over->met_position,
                     over->met_at, over->met_on, over->met_by};
        } else if (open != child->cycles.end() && open->met && !open->assumed) {
            event = {cycle.number, state.id, open->met_position, open->met_at, open->met_on, {}};
            for (const StepState& done : open->steps)
                if (done.position == open->met_position) event.by = done.by;
        }
        if (event.fact == 0) continue;
        Draft made = draft_at(event, event.at, event.on);
        made.rests_on = {event.fact};
        return {made};
    }
    return {};
}

/// How a system or the programme stands: on the record each time it changes.
Drafts Judge::health() {
    if (definition_.level == definition::Level::duty) return {};
    const Tally tally = world_.tally_of(*duty_);
    const Health found = tally.overdue > 0                        ? Health::failing
                         : tally.findings > 0 || tally.vacant > 0 ? Health::strained
                                                                  : Health::sound;
    if (found == duty_->health) return {};
    return {
        draft(HealthChanged{duty_->health, found, tally.overdue, tally.findings, tally.vacant})};
}

bool Judge::has_open_children() const {
    return definition_.level != definition::Level::duty && duty_ != nullptr &&
           world_.tally_of(*duty_).open > 0;
}

}  // namespace dutylog::pdca
