#pragma once

#include "adapters/sqlite/database.hpp"
#include "engine/log/event_store.hpp"
#include "engine/log/tree.hpp"

namespace dutylog::sqlite {

/// The log as a whole, at one moment.
struct LogState {
    std::uint64_t epoch = 0;  ///< raised each time the log is opened for writing
    std::int64_t batch = 0;   ///< number of the last batch
    Instant recorded;         ///< of the last event
    log::Frontier frontier;   ///< its size is that of the log
};

/// The one row of `log`: the state at the last settling.
class LogRow {
public:
    explicit LogRow(Database& database);

    /// @throws StoreError  there is no row, or it does not match its checksum
    LogState read();
    /// The row of a new log.
    void create();
    /// @throws StoreError  the row has another epoch: another writer has opened the log
    void check_epoch(std::uint64_t epoch);
    void write(const LogState& state);

private:
    Database& database_;
    Statement select_;
    Statement epoch_;
    Statement update_;
};

/// A row of `batch`: the state after it, and what it did.
struct Batch {
    std::int64_t number = 0;
    Instant recorded;
    log::Frontier frontier;
    BytesView effects;  ///< lives until the next row
};

/// The batches since the last settling.
class BatchTable {
public:
    explicit BatchTable(Database& database);

    void insert(const LogState& state, BytesView effects);
    /// Hands over the batches after `number`, in order.
    /// @throws StoreError  a row does not match its checksum
    template <class Visit>
    void read_after(std::int64_t number, Visit visit) {
        Rows rows{select_, number};
        while (rows.next()) visit(read(rows));
    }
    void clear() { clear_.run(); }

private:
    Batch read(const Rows& rows) const;

    Database& database_;
    Statement select_;
    Statement insert_;
    Statement clear_;
};

}  // namespace dutylog::sqlite
