#pragma once

#include <string>
#include <vector>

#include "engine/pdca/world.hpp"

/// What a step still waits for, and from whom.
namespace dutylog::pdca {

/// An outcome that goes elsewhere does not complete its step: a refused examination is none.
bool leads_away(const definition::Step& step, const std::string& outcome);

/// Done with all it demands: approvals, the signatures that people asked for, and for a measure
/// that somebody found it effective.
bool is_complete(const definition::Definition& definition, const Cycle& cycle,
                 const definition::Step& step);

/// A person and as what they are asked.
struct Asked {
    ActorId person;
    std::string role;  ///< `owner`, `signer`, or the role they approve for
};

/// Whom the step waits for now: its owner while it is open; when it is done, whoever has still to
/// approve, sign or verify it. Empty where it waits for nobody.
std::vector<Asked> waited_for(const World& world, const Duty& duty, const Cycle& cycle,
                              const definition::Step& step, Instant now);

/// The first who was asked to sign what is done and has not; null where there is none.
const Signer* unsigned_by(const StepState& step);

/// `duty/…#1.do.service.urge`: told apart by a number from those of the same name before it.
std::string notice_id(const Duty& duty, CycleNumber cycle, const std::string& what);

/// How often a person was urged about a step in the working day of that moment. Rest days count to
/// the working day before them.
std::size_t times_urged(const Duty& duty, CycleNumber cycle, const std::string& step,
                        const ActorId& person, const Rules& rules, Instant now);

}  // namespace dutylog::pdca
