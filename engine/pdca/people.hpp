#pragma once

#include <string>
#include <vector>

#include "engine/pdca/world.hpp"

namespace dutylog::pdca {

/// Who holds a role for a subject at a moment: looked up on the subject, then on what it lives in,
/// up to the employer. A holder who is absent is stood in for by their deputy.
/// @returns empty where nobody does
ActorId holder(const World& world, const Rules& rules, const std::string& role,
               const Reference& subject, Instant now);

/// The person in charge, who stands in for every vacancy; empty where even that is vacant.
ActorId principal(const World& world, const Rules& rules, const Reference& subject, Instant now);

/// The line manager of a person; empty where none is known.
ActorId head_of(const World& world, const Rules& rules, const ActorId& person, Instant now);

/// The person as a subject; empty where nobody of this id is known.
Reference person_reference(const World& world, const Rules& rules, const ActorId& person);

}  // namespace dutylog::pdca
