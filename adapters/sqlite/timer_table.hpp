#pragma once

#include "adapters/sqlite/changes.hpp"
#include "adapters/sqlite/database.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// The timers: the table with the unsettled changes laid over it.
class TimerTable {
public:
    explicit TimerTable(Database& database);

    std::vector<log::Timer> due(Instant until, std::size_t limit);
    void apply(const log::Append& append);
    void forget() { changes_.clear(); }
    void settle();
    std::size_t unsettled() const { return changes_.by_key().size(); }

private:
    DueChanges<log::Timer> changes_;
    Statement due_;
    Statement set_;
    Statement drop_;
};

}  // namespace dutylog::sqlite
