#pragma once

#include <vector>

#include "adapters/sqlite/findings.hpp"
#include "adapters/sqlite/log_row.hpp"
#include "adapters/sqlite/verify.hpp"
#include "adapters/sqlite/verify_events.hpp"

namespace dutylog::sqlite {

/// What the tables `log` and `batch` say the log was, at one size.
struct StatedState {
    const char* table = "";
    std::string row;
    LogState state;
};

/// Tables and indexes, application id and format version: exactly those of a new log.
/// @returns whether the tables can be read
bool verify_schema(Database& database, Findings& findings);
void verify_integrity(Database& database, Findings& findings);

/// Reads `log` and `batch`: first the state at the last settling, then that after each batch.
std::vector<StatedState> read_states(Database& database, Findings& findings);
/// Compares a stated state with the events up to its size, which the chain has just reached.
void verify_state(const StatedState& stated, const EventChain& chain, Findings& findings);
/// Compares `stream` with where the streams end at the last settling, which the chain has reached.
void verify_streams(Database& database, const EventChain& chain, Findings& findings);

/// Compares `command` and `command_hash` with the results found beside the events.
/// @param settled  what `command_hash` covers
/// @returns how many results there are
std::size_t verify_commands(Database& database, const EventChain& chain, log::Position settled,
                            Findings& findings);
/// Checksums of timers, outbox, projections and snapshots; digests of blobs.
void verify_rows(Database& database, log::Position size, Findings& findings);
/// Compares what the store answers with what the engine derives.
/// @param results  how many command results are stored
void verify_derived(Database& database, log::EventStore& store, const Derived& derived,
                    std::size_t results, Findings& findings);

}  // namespace dutylog::sqlite
