#pragma once

#include <span>
#include <string>

#include "adapters/sqlite/database.hpp"
#include "engine/log/event_store.hpp"
#include "tests/bench/plain_table.hpp"

namespace dutylog::bench {

/// The yardstick of timers: a table with an index by due time, and a table of events.
class PlainTimers {
public:
    explicit PlainTimers(const std::string& path);

    /// One transaction.
    void schedule(std::span<const log::Timer> timers);
    /// Deletes the timers and inserts the events, as many timers a transaction as `bulk` says and
    /// its share of the events.
    void fire_all(std::span<const log::Timer> timers, std::span<const Row> events,
                  std::size_t bulk);

private:
    sqlite::Database database_;
    sqlite::Statement insert_timer_;
    sqlite::Statement delete_timer_;
    sqlite::Statement insert_event_;
    std::uint64_t events_ = 0;
};

}  // namespace dutylog::bench
