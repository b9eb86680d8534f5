#pragma once

#include <cstdint>
#include <vector>

#include "engine/log/event_store.hpp"
#include "tests/bench/plain_table.hpp"

namespace dutylog::bench {

/// The event of the benchmark: a step completed, with a form of six fields that takes 300 bytes as
/// compact JSON.
Bytes payload_of(std::uint64_t number);
/// The 300 bytes of JSON alone, as other systems store them.
Bytes bare_event(std::uint64_t number);

/// The appends that commands leave behind: each with its event at the expected version of its
/// stream, the answer to the command, a timer moved, an outbox entry added and an earlier one
/// dropped, and a row of a projection.
class FullEvents {
public:
    explicit FullEvents(std::uint64_t streams) : versions_(streams) {}

    /// One append of one event to the next stream in turn.
    log::Append next();
    /// One append of `count` events to the next stream in turn.
    log::Append next(std::size_t count);
    std::vector<log::Append> next_batch(std::size_t size);

private:
    log::NewEvent event(std::uint64_t stream);

    std::vector<log::Version> versions_;
    std::uint64_t events_ = 0;
    std::uint64_t commands_ = 0;
};

/// What the store holds from `from` on, as rows for the yardstick.
std::vector<Row> rows_from(log::EventStore& store, log::Position from);

}  // namespace dutylog::bench
