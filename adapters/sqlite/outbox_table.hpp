#pragma once

#include <boost/unordered/unordered_flat_set.hpp>

#include "adapters/sqlite/changes.hpp"
#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/effects.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// The outbox: the table with the unsettled changes laid over it. An entry that is carried out and
/// dropped before the next settling never reaches the table.
class OutboxTable {
public:
    explicit OutboxTable(Database& database);

    std::vector<log::OutboxEntry> first(std::size_t limit);
    void add(const OutboxView& entry) { changes_.set(entry); }
    void drop(std::string_view id);
    /// Forgets what is in memory and looks which entries the table holds.
    void load();
    void settle();

private:
    DueChanges<OutboxView> changes_;
    /// Hashes of the ids in the table: an entry that is not there need not be dropped from it.
    boost::unordered_flat_set<std::size_t> stored_;
    Statement ids_;
    Statement due_;
    Statement set_;
    Statement drop_;
};

}  // namespace dutylog::sqlite
