#pragma once

#include <map>

#include "engine/log/event_store.hpp"
#include "engine/runtime/engine.hpp"

/// What must hold of a log whatever happened to it. Each throws `Broken` where it does not.
namespace dutylog::simulation {

/// Positions and versions without gaps, times that never run back, causes and readings that stand
/// before, leaves that chain and a tree over them that has the stored root.
void check_record(log::EventStore& store);

/// A fold from the first event on has the state hashes the events have, and equals the world the
/// engine runs on; the timer table is what that world asks for.
/// @param engine  with the rules of every bundle the log holds
void check_fold(log::EventStore& store, const runtime::Engine& engine);

/// Every missed deadline and every rung of a ladder is on the record exactly once.
void check_once(log::EventStore& store, const pdca::World& world, Instant now);

/// Whatever follows from the state at `now` is on the record: no deadline passed, no rung and no
/// opening is waiting to be noticed. To be asked where no timer is due.
void check_settled(const pdca::World& world, Instant now);

/// Messages wait to be sent where, and only where, a notice was planned and nothing came of it.
void check_outbox(log::EventStore& store);

/// The outside history, rehearsed, gives every event again, byte for byte.
void check_rehearsal(log::EventStore& store, const runtime::Engine& engine);

/// What every client was told, by command.
using Ledger = std::map<CommandId, runtime::Answer>;

/// Every command that was answered is in the log where the answer says, once, and its answer with
/// it; what is in the log under any other command was not answered, and is there once as well.
void check_commands(log::EventStore& store, const Ledger& answered);

/// What a refused command left is its refusal, and what was told of it.
void check_refusals(log::EventStore& store, const Ledger& answered);

}  // namespace dutylog::simulation
