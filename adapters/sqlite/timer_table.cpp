#include "adapters/sqlite/timer_table.hpp"

#include "adapters/sqlite/row_sum.hpp"

namespace dutylog::sqlite {

using log::Timer;

TimerTable::TimerTable(Database& database)
    : due_{database, "SELECT key, due, generation FROM timer WHERE due <= ? ORDER BY due, key"},
      set_{database,
           "INSERT INTO timer(key, due, generation, sum) VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE"
           " SET due = excluded.due, generation = excluded.generation, sum = excluded.sum"},
      drop_{database, "DELETE FROM timer WHERE key = ?"} {}

std::vector<Timer> TimerTable::due(Instant until, std::size_t limit) {
    Rows rows{due_, until.micros};
    const auto read = [&]() -> std::optional<Timer> {
        if (!rows.next()) return std::nullopt;
        return Timer{std::string{rows.text(0)}, {rows.integer(1)}, rows.natural(2)};
    };
    return merge_due(changes_, until, limit, read,
                     [](const Timer& timer) -> const std::string& { return timer.key; });
}

void TimerTable::apply(const log::Append& append) {
    for (const std::string& key : append.drop_timers) changes_.drop(key);
    for (const Timer& timer : append.set_timers) changes_.set(timer.key, timer);
}

void TimerTable::settle() {
    for (const auto* change : in_key_order(changes_.by_key())) {
        const auto& [key, timer] = *change;
        if (timer)
            set_.run(key, timer->due.micros, timer->generation,
                     RowSum::of(key, timer->due.micros, timer->generation));
        else
            drop_.run(key);
    }
    changes_.clear();
}

}  // namespace dutylog::sqlite
