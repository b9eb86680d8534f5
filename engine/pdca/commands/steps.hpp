#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/events/common.hpp"

/// Work on the steps of a duty.
namespace dutylog::pdca {

/// `cycle` 0 means the oldest cycle in which the step can be done.
struct CompleteStep {
    static constexpr std::string_view name = "complete_step";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    std::string outcome;
    Value form;
    std::vector<std::string> evidence;
};
struct ReturnStep {
    static constexpr std::string_view name = "return_step";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    std::string reason;
};
struct ApproveStep {
    static constexpr std::string_view name = "approve_step";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    std::string role;
};
struct ReassignStep {
    static constexpr std::string_view name = "reassign_step";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    ActorId owner;
    std::string reason;
};
struct PostponeStep {
    static constexpr std::string_view name = "postpone_step";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    CivilDate until;
    ActorId approver;
    std::string reason;
};
struct LeaveOutSteps {
    static constexpr std::string_view name = "leave_out_steps";
    StreamId duty;
    CycleNumber cycle = 0;
    std::vector<std::string> steps;
    ActorId approver;
    std::string reason;
};
struct RaiseFinding {
    static constexpr std::string_view name = "raise_finding";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string finding;
    std::string step;
    std::string severity;
    std::string note;
};
struct VerifyMeasure {
    static constexpr std::string_view name = "verify_measure";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    bool effective = false;
    std::string note;
};
struct CarryMeasure {
    static constexpr std::string_view name = "carry_measure";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    ActorId approver;
    std::string reason;
};

}  // namespace dutylog::pdca
