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
    std::vector<Timer> found;
    Rows rows{due_, until.micros};
    const auto read = [&]() -> std::optional<TimerView> {
        if (!rows.next()) return std::nullopt;
        return TimerView{rows.text(0), {rows.integer(1)}, rows.natural(2)};
    };
    changes_.merge(until, limit, read, [&](const TimerView& timer) {
        found.push_back({std::string{timer.key}, timer.due, timer.generation});
    });
    return found;
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
