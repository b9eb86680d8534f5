#pragma once

#include <map>

#include "adapters/sqlite/changes.hpp"
#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/effects.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// The rows of the inline projections: the table with the unsettled changes laid over it.
class ProjectionTable {
public:
    explicit ProjectionTable(Database& database);

    /// The rows of one projection by key.
    std::vector<log::ProjectionRow> rows(const std::string& table);
    void set(const RowView& row) { changes_[row.table][row.key] = row; }
    void drop(std::string_view table, std::string_view key) { changes_[table][key].reset(); }
    void forget() { changes_.clear(); }
    void settle();

private:
    std::map<std::string_view, Changes<RowView>> changes_;  ///< by projection
    Statement rows_;
    Statement set_;
    Statement drop_;
};

}  // namespace dutylog::sqlite
