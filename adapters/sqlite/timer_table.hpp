#pragma once

#include "adapters/sqlite/changes.hpp"
#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/effects.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// The timers: the table with the unsettled changes laid over it.
class TimerTable {
public:
    explicit TimerTable(Database& database);

    std::vector<log::Timer> due(Instant until, std::size_t limit);
    void set(const TimerView& timer) { changes_.set(timer); }
    void drop(std::string_view key) { changes_.drop(key); }
    void forget() { changes_.clear(); }
    void settle();

private:
    DueChanges<TimerView> changes_;
    Statement due_;
    Statement set_;
    Statement drop_;
};

}  // namespace dutylog::sqlite
