#pragma once

#include <map>

#include "adapters/sqlite/changes.hpp"
#include "adapters/sqlite/database.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// The rows of the inline projections: the table with the unsettled changes laid over it.
class ProjectionTable {
public:
    explicit ProjectionTable(Database& database);

    /// The rows of one projection by key.
    std::vector<log::ProjectionRow> rows(const std::string& table);
    void apply(const log::Append& append);
    void forget() { changes_.clear(); }
    void settle();
    std::size_t unsettled() const;

private:
    std::map<std::string, Changes<Bytes>> changes_;  ///< by projection
    Statement rows_;
    Statement set_;
    Statement drop_;
};

}  // namespace dutylog::sqlite
