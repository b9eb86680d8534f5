#pragma once

#include "adapters/sqlite/database.hpp"
#include "engine/log/event_store.hpp"
#include "engine/log/tree.hpp"

namespace dutylog::sqlite {

/// What the one row of `log` says of the whole.
struct LogState {
    std::uint64_t epoch = 0;    ///< raised each time the log is opened for writing
    Instant recorded;           ///< of the last event
    log::Position settled = 0;  ///< the table `stream` holds everything up to here
    std::int64_t batch = 0;  ///< the derived tables hold everything up to this row of `unsettled`
    log::Frontier frontier;  ///< its size is that of the log
};

/// Reads and writes that row.
class LogRow {
public:
    explicit LogRow(Database& database);

    /// @throws StoreError  there is no row, or it does not match its checksum
    LogState read();
    /// The row of a new log.
    void create();
    /// Writes everything, if the row still has this epoch.
    /// @throws StoreError  another writer has opened the log since
    void write(const LogState& state);
    /// Makes `state` the next writer's: the epoch goes up by one.
    void take_over(LogState& state);

private:
    void write_over(const LogState& state, std::uint64_t epoch_before);

    Database& database_;
    Statement select_;
    Statement update_;
};

}  // namespace dutylog::sqlite
