#include "engine/pdca/fold.hpp"

#include <algorithm>
#include <utility>

/// Duties, their cycles and deadlines.
namespace dutylog::pdca {

void add_sorted(std::vector<Position>& positions, Position position) {
    const auto at = std::lower_bound(positions.begin(), positions.end(), position);
    if (at == positions.end() || *at != position) positions.insert(at, position);
}

void Fold::operator()(const DutyOpened& event) {
    Duty& duty = world_.duties[recorded_.stream];
    duty.stream = recorded_.stream;
    duty.definition = taken(event.definition);
    duty.version = event.version;
    duty.subject = taken(event.subject);
    duty.system = taken(event.system);
    duty.level = event.level;
    duty.tracked = event.tracked;
    duty.active = true;
    if (duty.opened == 0) duty.opened = recorded_.position;
    touch(duty);
}

void Fold::operator()(const DutyEnded&) {
    Duty& duty = this->duty();
    duty.active = false;
    while (!duty.cycles.empty()) finish(duty, duty.cycles.front().number);
}

void Fold::operator()(const CycleScheduled& event) {
    Duty& duty = this->duty();
    duty.cycles_made = std::max(duty.cycles_made, event.cycle);
    if (event.occasion != 0) add_sorted(duty.occasions, event.occasion);
    Cycle cycle;
    cycle.number = event.cycle;
    cycle.occasion = event.occasion;
    cycle.ran_by = taken(event.ran_by);
    cycle.carried_in = std::exchange(duty.carried, {});
    cycle.version = event.version;
    cycle.scheduled = recorded_.recorded;
    cycle.planned = recorded_.recorded;
    cycle.deadline = taken(event.deadline);
    duty.cycles.push_back(std::move(cycle));
}

void Fold::operator()(const OccasionJoined& event) {
    Duty& duty = this->duty();
    add_sorted(duty.occasions, event.occasion);
    for (PastCycle& past : duty.past)
        if (past.number == event.cycle) past.occasion = event.occasion;
    Cycle* cycle = duty.cycle(event.cycle);
    if (cycle == nullptr) return;
    if (event.corrects == 0) add_sorted(cycle->joined, event.occasion);
    if (event.corrects == 0) return;
    cycle->occasion = event.occasion;
    std::erase(cycle->joined, event.occasion);
}

void Fold::operator()(const DeadlineMoved& event) {
    Cycle& cycle = this->cycle(event.cycle);
    if (event.step.empty()) {
        cycle.deadline = taken(event.deadline);
        cycle.planned = recorded_.recorded;
        cycle.rungs = 0;
        cycle.missed = false;
    } else {
        step(cycle, event.step).deadline = taken(event.deadline);
    }
}

void Fold::operator()(const CycleOpened& event) {
    Cycle& cycle = this->cycle(event.cycle);
    cycle.status = CycleStatus::open;
    cycle.opened = recorded_.recorded;
    cycle.opened_on = recorded_.effective.date;
}

void Fold::operator()(const PhaseEntered& event) {
    Cycle& cycle = this->cycle(event.cycle);
    cycle.phase = event.phase;
    for (const std::string& left : event.left_out) step(cycle, left).status = StepStatus::left_out;
}

void Fold::operator()(const CompletionWithdrawn& event) {
    Duty& duty = this->duty();
    for (PastCycle& past : duty.past)
        if (past.number == event.cycle) withdraw(duty, past, event);
}

void Fold::operator()(const DeadlineMet& event) {
    Cycle& cycle = this->cycle(event.cycle);
    cycle.met = true;
    cycle.withdrawn = false;
    cycle.assumed = event.assumed;
    cycle.met_at = event.at;
    cycle.met_on = event.on;
    const Duty& duty = this->duty();
    const definition::Definition* rule = world_.pinned(duty.definition, cycle.version);
    const StepState* by = rule == nullptr ? nullptr : cycle.step(rule->met_by);
    cycle.met_position = event.assumed || by == nullptr ? 0 : by->position;
}

void Fold::operator()(const DeadlineMissed& event) {
    Duty& duty = this->duty();
    for (PastCycle& past : duty.past)
        if (past.number == event.cycle) past.missed = true;
    if (Cycle* cycle = duty.cycle(event.cycle)) {
        if (event.step.empty())
            cycle->missed = true;
        else
            step(*cycle, event.step).missed = true;
    }
    world_.breaches.push_back({recorded_.position, recorded_.stream, duty.definition, duty.subject,
                               event.cycle, event.step, event.breach, event.due, event.due_on,
                               recorded_.recorded, event.basis, event.tracked});
}

void Fold::operator()(const GateBreached& event) {
    const Reference subject = subject_of_stream(recorded_.stream);
    world_.breaches.push_back({recorded_.position, recorded_.stream, event.definition, subject, 0,
                               event.gate, Breach::act_first, event.due, event.due_on,
                               recorded_.recorded, event.basis, false});
}

void Fold::operator()(const CycleSuspended& event) {
    cycle(event.cycle).status = CycleStatus::suspended;
}

void Fold::operator()(const CycleResumed& event) { cycle(event.cycle).status = CycleStatus::open; }

void Fold::operator()(const CycleCancelled& event) { finish(duty(), event.cycle); }

void Fold::operator()(const CycleClosed& event) {
    Duty& duty = this->duty();
    finish(duty, event.cycle);
    std::vector<std::string>& next =
        duty.cycles.empty() ? duty.carried : duty.cycles.front().carried_in;
    next.insert(next.end(), event.carried.begin(), event.carried.end());
}

void Fold::operator()(const HealthChanged& event) { duty().health = event.health; }

void Fold::operator()(const CycleMigrated& event) { migrate(event); }

void Fold::touch(Duty& duty) {
    ++duty.generation;
    duty.touched = recorded_.recorded;
}

Duty& Fold::duty() {
    Duty*& near = world_.near.duty;
    if (near == nullptr) {
        const auto found = world_.duties.find(recorded_.stream);
        if (found == world_.duties.end())
            throw CorruptStream{"an event of a duty that was never opened: " +
                                recorded_.stream.str()};
        near = &found->second;
    }
    touch(*near);
    return *near;
}

Cycle& Fold::cycle(CycleNumber number) {
    if (Cycle* found = duty().cycle(number)) return *found;
    throw CorruptStream{"an event of a cycle that is not open in " + recorded_.stream.str()};
}

void Fold::finish(Duty& duty, CycleNumber number) {
    touch(duty);
    const Cycle* over = duty.cycle(number);
    if (over == nullptr)
        throw CorruptStream{"the end of a cycle that is not open in " + recorded_.stream.str()};
    PastCycle past;
    past.number = over->number;
    past.occasion = over->occasion;
    past.nominal = over->deadline.nominal();
    past.due = over->deadline.effective();
    past.due_at = over->deadline.ends;
    past.met = over->met;
    past.assumed = over->assumed;
    past.missed = over->missed;
    past.met_on = over->met_on;
    past.met_position = over->met_position;
    past.met_at = over->met_at;
    past.joined = over->joined;
    for (const StepState& step : over->steps)
        if (over->met && step.position == over->met_position) past.met_by = step.by;
    const definition::Definition* rule = world_.pinned(duty.definition, over->version);
    if (const StepState* counts = rule == nullptr ? nullptr : over->step(rule->met_by))
        past.owner = counts->owner;
    past.over = recorded_.recorded;
    duty.past.push_back(std::move(past));
    std::erase_if(duty.notices, [&](const NoticeState& n) { return n.cycle == number; });
    std::erase_if(duty.cycles, [&](const Cycle& c) { return c.number == number; });
}

void Fold::withdraw(Duty& duty, PastCycle& past, const CompletionWithdrawn& event) {
    past.met_position = event.instead;
    past.met = event.instead != 0;
    if (past.met) {
        past.met_on = event.on;
        add_sorted(duty.used_facts, event.instead);
        return;
    }
    past.withdrawn = true;
    std::erase(duty.occasions, past.occasion);
}

void Fold::migrate(const CycleMigrated& event) {
    Cycle& cycle = this->cycle(event.cycle);
    cycle.version = event.version;
    for (const std::string& move : event.moves) {
        const std::size_t equals = move.find('=');
        if (StepState* step = cycle.step(move.substr(0, equals)))
            step->id = move.substr(equals + 1);
    }
}

}  // namespace dutylog::pdca
