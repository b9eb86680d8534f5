#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/deadline.hpp"
#include "engine/pdca/events/common.hpp"

/// What people say to each other and ask of each other about the work of a duty
/// (docs/decisions/0011).
namespace dutylog::pdca {

/// Somebody said something about a duty, a cycle of it, or a step. It changes nothing.
struct CommentAdded {
    static constexpr std::string_view type = "pdca.comment_added";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;  ///< 0: about the duty as a whole
    std::string step;       ///< empty: about the cycle, or the duty
    Value text;             ///< sealed where the duty is about a person
};

/// Somebody asked those whom a step waits for to hurry. The deadline stays where it is.
struct StepUrged {
    static constexpr std::string_view type = "pdca.step_urged";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    std::vector<std::string> people;  ///< who was asked: the owner, or who has still to sign
    std::string note;
};

/// One more person has to sign a step before it counts as complete.
struct SignerAdded {
    static constexpr std::string_view type = "pdca.signer_added";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    ActorId signer;
    std::string reason;
};

/// The step does not wait for this signature any more.
struct SignerReleased {
    static constexpr std::string_view type = "pdca.signer_released";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    ActorId signer;
    std::string reason;
};

/// Somebody asked for more time for a step; the approver has to decide.
struct PostponementAsked {
    static constexpr std::string_view type = "pdca.postponement_asked";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    CivilDate until;
    ActorId approver;
    std::string reason;
};

/// The approver granted what was asked, or refused it.
struct PostponementDecided {
    static constexpr std::string_view type = "pdca.postponement_decided";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    bool granted = false;
    Deadline deadline;  ///< the new one; kind none where it was refused
    ActorId asked_by;
    std::string reason;  ///< of the decision; may be empty where it was granted
};

}  // namespace dutylog::pdca
