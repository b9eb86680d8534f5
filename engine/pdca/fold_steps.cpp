#include "engine/pdca/fold.hpp"

#include <utility>

/// Work inside a cycle.
namespace dutylog::pdca {

void Fold::operator()(const StepOpened& event) {
    StepState& step = this->step(cycle(event.cycle), event.step);
    const std::uint16_t times = step.times;
    std::vector<Signer> signers = std::move(step.signers);
    step = StepState{};
    step.signers = std::move(signers);
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
    step.more_time.clear();
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
    step.more_time.clear();
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

/// Without a role it is the signature of somebody who was asked for it.
void Fold::operator()(const StepApproved& event) {
    StepState& step = this->step(cycle(event.cycle), event.step);
    if (!event.role.empty())
        step.approvals.push_back(event.role + "=" + recorded_.actor.str());
    else
        for (Signer& signer : step.signers)
            if (signer.person == recorded_.actor) signer.has_signed = true;
}

void Fold::operator()(const StepReassigned& event) {
    step(cycle(event.cycle), event.step).owner = event.owner;
}

void Fold::operator()(const StepPostponed& event) {
    StepState& step = this->step(cycle(event.cycle), event.step);
    step.deadline = event.deadline;
    step.missed = false;
    step.more_time.clear();
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

void Fold::operator()(const SignerAdded& event) {
    step(cycle(event.cycle), event.step).signers.push_back({event.signer, recorded_.actor});
}

void Fold::operator()(const SignerReleased& event) {
    std::erase_if(step(cycle(event.cycle), event.step).signers,
                  [&](const Signer& signer) { return signer.person == event.signer; });
}

void Fold::operator()(const PostponementAsked& event) {
    step(cycle(event.cycle), event.step).more_time = {
        {recorded_.actor, event.approver, event.until}};
}

void Fold::operator()(const PostponementDecided& event) {
    StepState& step = this->step(cycle(event.cycle), event.step);
    step.more_time.clear();
    if (!event.granted) return;
    step.deadline = event.deadline;
    step.missed = false;
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
    step.more_time.clear();
    for (Signer& signer : step.signers) signer.told = signer.has_signed = false;
}

}  // namespace dutylog::pdca
