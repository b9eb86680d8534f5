#include "tests/bench/plain_table.hpp"

namespace dutylog::bench {

namespace {

/// The same settings as the store's own file, so that neither gains by them.
sqlite::Database& prepared(sqlite::Database& database) {
    database.answer("PRAGMA journal_mode=WAL");
    database.run(
        "PRAGMA synchronous=FULL; PRAGMA cache_size=-32768; PRAGMA wal_autocheckpoint=4096");
    database.run(
        "CREATE TABLE row(number INTEGER PRIMARY KEY, envelope BLOB NOT NULL,"
        " payload BLOB NOT NULL) STRICT");
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
