#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/events/common.hpp"

/// What people say to each other and ask of each other (docs/decisions/0011).
namespace dutylog::pdca {

/// `step` empty: about the cycle; `cycle` 0 besides: about the duty as a whole.
struct AddComment {
    static constexpr std::string_view name = "add_comment";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    Value text;
};
/// Asks whom a step waits for to hurry.
struct UrgeStep {
    static constexpr std::string_view name = "urge_step";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    std::string note;
};
/// One more person has to sign the step; they do it by `approve_step` without a role.
struct AddSigner {
    static constexpr std::string_view name = "add_signer";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    ActorId signer;
    std::string reason;
};
struct ReleaseSigner {
    static constexpr std::string_view name = "release_signer";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    ActorId signer;
    std::string reason;
};
/// Asks the approver for more time for a step.
struct AskPostponement {
    static constexpr std::string_view name = "ask_postponement";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    CivilDate until;
    ActorId approver;
    std::string reason;
};
/// The approver's answer to it.
struct DecidePostponement {
    static constexpr std::string_view name = "decide_postponement";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    bool granted = false;
    std::string reason;
};

}  // namespace dutylog::pdca
