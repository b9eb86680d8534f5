#pragma once

#include "adapters/sqlite/changes.hpp"
#include "adapters/sqlite/database.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// The outbox: the table with the unsettled changes laid over it. An entry that is carried out and
/// dropped before the next settling never reaches the table.
class OutboxTable {
public:
    explicit OutboxTable(Database& database);

    std::vector<log::OutboxEntry> first(std::size_t limit);
    void apply(const log::Append& append);
    void forget() { changes_.clear(); }
    void settle();
    std::size_t unsettled() const { return changes_.by_key().size(); }

private:
    DueChanges<log::OutboxEntry> changes_;
    Statement due_;
    Statement set_;
    Statement drop_;
};

}  // namespace dutylog::sqlite
