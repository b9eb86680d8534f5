#include "engine/pdca/fold.hpp"

/// Work inside a cycle.
namespace dutylog::pdca {

void Fold::operator()(const StepOpened& event) {
    StepState& step = this->step(cycle(event.cycle), event.step);
    const std::uint16_t times = step.times;
    step = StepState{};
    step.id = taken(event.step);
    step.status = StepStatus::open;
    step.owner = taken(event.owner);
    step.role = taken(event.role);
    step.vacant = event.vacant;
    step.deadline = taken(event.deadline);
    step.opening = recorded_.position;
    step.opened = recorded_.recorded;
    step.opened_on = recorded_.effective.date;
    step.times = static_cast<std::uint16_t>(times + 1);
}

void Fold::operator()(const StepCompleted& event) {
    StepState& step = this->step(cycle(event.cycle), event.step);
    step.status = StepStatus::done;
    step.by = recorded_.actor;
    step.at = recorded_.effective.at;
    step.on = recorded_.effective.date;
    step.position = recorded_.position;
    step.fact = 0;
    step.outcome = taken(event.outcome);
    step.form = taken(event.form);
    step.judged = false;
}

void Fold::operator()(const StepSatisfied& event) {
    StepState& step = this->step(cycle(event.cycle), event.step);
    step.status = StepStatus::done;
    step.by = taken(event.by);
    step.at = event.at;
    step.on = event.on;
    step.position = event.fact;
    step.fact = event.fact;
    step.judged = false;
    add_sorted(duty().used_facts, event.fact);
}

void Fold::operator()(const StepReturned& event) {
    Cycle& cycle = this->cycle(event.cycle);
    reopen(cycle, event.step);
    for (const std::string& later : event.again) {
        reopen(cycle, later);
        StepState& step = this->step(cycle, later);
        step.status = StepStatus::waiting;
        --step.times;  // it is counted when it opens
    }
}

void Fold::operator()(const StepReopened& event) {
    Cycle& cycle = this->cycle(event.cycle);
    const bool met = cycle.met;
    reopen(cycle, event.step);
    cycle.withdrawn = cycle.withdrawn || (met && !cycle.met);
}

void Fold::operator()(const StepApproved& event) {
    step(cycle(event.cycle), event.step)
        .approvals.push_back(event.role + "=" + recorded_.actor.str());
}

void Fold::operator()(const StepReassigned& event) {
    step(cycle(event.cycle), event.step).owner = event.owner;
}

void Fold::operator()(const StepPostponed& event) {
    StepState& step = this->step(cycle(event.cycle), event.step);
    step.deadline = event.deadline;
    step.missed = false;
}

void Fold::operator()(const StepsLeftOut& event) {
    Cycle& cycle = this->cycle(event.cycle);
    for (const std::string& left : event.steps) step(cycle, left).status = StepStatus::left_out;
}

void Fold::operator()(const OwnerMissing& event) {
    StepState& step = this->step(cycle(event.cycle), event.step);
    step.vacant = true;
    step.owner = event.stands_in;
}

void Fold::operator()(const OwnerFound& event) {
    StepState& step = this->step(cycle(event.cycle), event.step);
    step.vacant = false;
    step.owner = event.owner;
}

void Fold::operator()(const FindingRaised& event) {
    Cycle& cycle = this->cycle(event.cycle);
    if (!event.finding.empty())
        cycle.findings.push_back(
            {event.finding, event.step, event.severity, recorded_.position, false});
    if (StepState* step = cycle.step(event.step)) step->judged = true;
}

void Fold::operator()(const MeasureVerified& event) {
    Cycle& cycle = this->cycle(event.cycle);
    StepState& measure = step(cycle, event.step);
    measure.verified = event.effective;
    if (!event.effective) reopen(cycle, event.step);
}

void Fold::operator()(const MeasureCarried& event) {
    step(cycle(event.cycle), event.step).status = StepStatus::carried;
}

StepState& Fold::step(Cycle& cycle, const std::string& id) {
    if (StepState* found = cycle.step(id)) return *found;
    // Most cycles have a step for each phase: room for them is made at once.
    if (cycle.steps.empty()) cycle.steps.reserve(4);
    cycle.steps.emplace_back().id = id;
    return cycle.steps.back();
}

void Fold::reopen(Cycle& cycle, const std::string& id) {
    StepState& step = this->step(cycle, id);
    if (cycle.met && !cycle.assumed && step.position == cycle.met_position) {
        cycle.met = false;
        cycle.met_position = 0;
    }
    step.status = StepStatus::open;
    ++step.times;
    step.position = 0;
    step.fact = 0;
    step.judged = true;
    step.verified = false;
    step.approvals.clear();
    step.outcome.clear();
}

}  // namespace dutylog::pdca
