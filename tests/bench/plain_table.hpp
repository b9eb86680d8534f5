#pragma once

#include <span>
#include <string>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "engine/core/digest.hpp"

namespace dutylog::bench {

/// The bytes of one event that are stored whatever the engine does.
struct Row {
    Bytes envelope;
    Bytes payload;
};

/// WAL, a sync with every commit, the same cache and checkpoints as the store's own file, so that
/// neither gains by them; and a table of rows.
void set_up_plainly(sqlite::Database& database);

/// The yardstick of writes: plain SQLite with one STRICT table and a prepared insert, WAL, and a
/// sync with every commit. It keeps no order, no hash, no timer and no answer.
class PlainTable {
public:
    explicit PlainTable(const std::string& path);

    /// One transaction.
    void insert(std::span<const Row> rows);
    std::uint64_t size() const { return size_; }

private:
    sqlite::Database database_;
    sqlite::Statement insert_;
    std::uint64_t size_ = 0;
};

}  // namespace dutylog::bench
