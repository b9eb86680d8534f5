#pragma once

#include <optional>
#include <vector>

#include "engine/log/event_store.hpp"
#include "engine/pdca/commands.hpp"
#include "engine/pdca/events.hpp"
#include "engine/pdca/unsealing.hpp"

namespace dutylog::history {

/// What came to the log from outside, as the command it was: a fact, an act, an answer.
struct OutsideAct {
    log::Position position = 0;  ///< of its event; 0 for one that a what-if adds
    Instant recorded;
    pdca::Command command;
    pdca::Meta meta;
};

/// The command behind an event from outside.
/// @returns nothing for a derived event
std::optional<OutsideAct> outside_act(const log::StoredEvent& stored);

/// Takes the second fact of a command into its act: the arrival of a message by the command that
/// sent it.
/// @returns false where the event is no such fact
bool complete(std::vector<OutsideAct>& acts, const log::StoredEvent& stored);

/// A timer fired, and something followed.
struct Firing {
    log::Position position = 0;  ///< of the first event
    Instant at;
    StreamId duty;
};

/// The history of a log without what the engine derived from it. Both in order of positions.
struct OutsideHistory {
    std::vector<OutsideAct> acts;
    std::vector<Firing> firings;
    /// What was asked of sealed fields, for the time when their keys are gone.
    pdca::SealedAnswers answers;
};

/// Takes in what was asked of sealed fields, if that is what the event says.
void add_answers(pdca::SealedAnswers& answers, const log::StoredEvent& stored);

/// @param known_at  events recorded later are left out
OutsideHistory outside_history(log::EventStore& store, std::optional<Instant> known_at);

}  // namespace dutylog::history
