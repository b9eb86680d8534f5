#include "tests/bench/plain_timers.hpp"

namespace dutylog::bench {

namespace {

sqlite::Database& prepared(sqlite::Database& database) {
    set_up_plainly(database);
    database.run(
        "CREATE TABLE timer(key TEXT PRIMARY KEY, due INTEGER NOT NULL,"
        " generation INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
        "CREATE INDEX timer_due ON timer(due, key)");
    return database;
}

}  // namespace

PlainTimers::PlainTimers(const std::string& path)
    : database_{path, sqlite::Access::write},
      insert_timer_{prepared(database_), "INSERT INTO timer(key, due, generation) VALUES(?, ?, ?)"},
      delete_timer_{database_, "DELETE FROM timer WHERE key = ?"},
      insert_event_{database_, "INSERT INTO row(number, envelope, payload) VALUES(?, ?, ?)"} {}

void PlainTimers::schedule(std::span<const log::Timer> timers) {
    sqlite::Transaction transaction{database_};
    for (const log::Timer& timer : timers)
        insert_timer_.run(timer.key, timer.due.micros, timer.generation);
    transaction.commit();
}

void PlainTimers::fire_all(std::span<const log::Timer> timers, std::span<const Row> events,
                           std::size_t bulk) {
    const std::size_t commits = (timers.size() + bulk - 1) / bulk;
    for (std::size_t i = 0; i < commits; ++i) {
        sqlite::Transaction transaction{database_};
        for (const log::Timer& timer :
             timers.subspan(i * bulk, std::min(bulk, timers.size() - i * bulk)))
            delete_timer_.run(timer.key);
        const std::size_t first = events.size() * i / commits;
        for (const Row& row : events.subspan(first, events.size() * (i + 1) / commits - first))
            insert_event_.run(++events_, row.envelope, row.payload);
        transaction.commit();
    }
}

}  // namespace dutylog::bench
