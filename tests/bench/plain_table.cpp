#include "tests/bench/plain_table.hpp"

namespace dutylog::bench {

void set_up_plainly(sqlite::Database& database) {
    database.answer("PRAGMA journal_mode=WAL");
    database.run(
        "PRAGMA synchronous=FULL; PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=4096");
    database.run(
        "CREATE TABLE row(number INTEGER PRIMARY KEY, envelope BLOB NOT NULL,"
        " payload BLOB NOT NULL) STRICT");
}

namespace {

sqlite::Database& prepared(sqlite::Database& database) {
    set_up_plainly(database);
    return database;
}

}  // namespace

PlainTable::PlainTable(const std::string& path)
    : database_{path, sqlite::Access::write},
      insert_{prepared(database_), "INSERT INTO row(number, envelope, payload) VALUES(?, ?, ?)"} {}

void PlainTable::insert(std::span<const Row> rows) {
    sqlite::Transaction transaction{database_};
    for (const Row& row : rows) insert_.run(++size_, row.envelope, row.payload);
    transaction.commit();
}

}  // namespace dutylog::bench
