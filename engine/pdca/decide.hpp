#pragma once

#include <string>
#include <vector>

#include "engine/core/rejection.hpp"
#include "engine/pdca/commands.hpp"
#include "engine/pdca/judge.hpp"

namespace dutylog::pdca {

/// What a command leads to, before its consequences: the record of what came from outside first.
struct Decision {
    Drafts drafts;
    std::vector<std::string> warnings;  ///< `should` rules that did not hold
    /// Refused, and yet the drafts are recorded: a gate's refusal is a durable event.
    std::optional<Rejection> refusal;
};

/// Pure: the same world, command and time give the same answer.
/// @param now  the recorded time this command would get
Result<Decision> decide(const World& world, const Command& command, const Meta& meta, Instant now);

}  // namespace dutylog::pdca
