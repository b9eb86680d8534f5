#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/deadline.hpp"
#include "engine/pdca/events/common.hpp"

/// Work inside a cycle: steps, their owners, findings and measures.
namespace dutylog::pdca {

struct StepOpened {
    static constexpr std::string_view type = "pdca.step_opened";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    ActorId owner;
    std::string role;
    bool vacant = false;  ///< nobody holds the role: the owner is the principal person in charge
    Deadline deadline;    ///< kind none: due with the cycle
};

struct StepCompleted {
    static constexpr std::string_view type = "pdca.step_completed";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    std::string outcome;
    Value form;
    std::vector<std::string> evidence;  ///< `name=sha256` of each piece
    std::vector<std::string> warnings;  ///< `should` rules that did not hold
};

/// A recorded fact completes a step.
struct StepSatisfied {
    static constexpr std::string_view type = "pdca.step_satisfied";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    Position fact = 0;
    Instant at;  ///< when the fact was true
    CivilDate on;
    ActorId by;
};

/// The checker or approver sends the step back to be done again.
struct StepReturned {
    static constexpr std::string_view type = "pdca.step_returned";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;  ///< the step that is open again
    std::string reason;
    std::vector<std::string> again;  ///< steps after it that will have to be done again
};

/// A step is open again because what completed it was voided.
struct StepReopened {
    static constexpr std::string_view type = "pdca.step_reopened";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    Position voided = 0;
};

struct StepApproved {
    static constexpr std::string_view type = "pdca.step_approved";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    std::string role;
};

struct StepReassigned {
    static constexpr std::string_view type = "pdca.step_reassigned";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    ActorId owner;
    std::string reason;
};

/// The owner gets longer for a step of their own; never past a deadline the law fixes.
struct StepPostponed {
    static constexpr std::string_view type = "pdca.step_postponed";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    Deadline deadline;
    ActorId approver;
    std::string reason;
};

/// Required steps are left out by a recorded decision of a named person.
struct StepsLeftOut {
    static constexpr std::string_view type = "pdca.steps_left_out";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::vector<std::string> steps;
    ActorId approver;
    std::string reason;
};

/// Nobody holds the role an open step needs. It is itself overdue after one working day.
struct OwnerMissing {
    static constexpr std::string_view type = "pdca.owner_missing";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    std::string role;
    ActorId stands_in;
};

struct OwnerFound {
    static constexpr std::string_view type = "pdca.owner_found";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    ActorId owner;
};

/// What a check found wrong; from outside when a person says it, derived when a rule does.
struct FindingRaised {
    static constexpr std::string_view type = "pdca.finding_raised";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string finding;
    std::string step;
    std::string severity;
    std::string basis;
    std::string note;
};

struct MeasureVerified {
    static constexpr std::string_view type = "pdca.measure_verified";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    bool effective = false;
    std::string note;
};

struct MeasureCarried {
    static constexpr std::string_view type = "pdca.measure_carried";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    ActorId approver;
    std::string reason;
};

}  // namespace dutylog::pdca
