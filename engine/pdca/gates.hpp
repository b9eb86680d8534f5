#pragma once

#include <string>
#include <vector>

#include "engine/pdca/judge.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::pdca {

/// What the gates say to one act.
struct GateAnswer {
    std::vector<GateClosed> closed;
    std::vector<GateClosed> flags;  ///< let pass, but told
    std::vector<std::string> tell;  ///< roles told of either
    std::vector<Position> rests_on;
};

/// Asks every gate on `act`, and every duty that must be done before it.
/// @param value  the act's record as it would be recorded
/// @param effective  when the act would happen
GateAnswer ask_gates(const World& world, const Rules& rules, const Reference& subject,
                     const std::string& act, const Value& value, const Effective& effective,
                     Instant now);

/// What a closed gate or a flag says: as the log has it, and in Chinese by the definition in force.
/// Where that says something else now, the English sentence stands for both.
/// @param rules  may be null
Text sentence_of(const Rules* rules, const GateClosed& said);

}  // namespace dutylog::pdca
