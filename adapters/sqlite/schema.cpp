#include "adapters/sqlite/schema.hpp"

#include <fmt/format.h>

#include "adapters/sqlite/log_row.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

namespace {

std::int64_t pragma(Database& database, const std::string& name) {
    Statement statement{database, "PRAGMA " + name};
    Rows rows{statement};
    return rows.next() ? rows.integer(0) : 0;
}

}  // namespace

// `log` has one row: the log as it was at the last settling, when `batch` batches had
// been written. Each batch since then left a row in `batch`: the log as it is after it, and what it
// did to timers, outbox and rows. The tables `stream`, `command_hash`, `timer`, `outbox` and
// `projection` are those of the last settling.
// `event.previous` is the position of the event before it in its stream, so that a stream is read
// backwards without an index. `event.result` is that of the command whose first event it is;
// `command` has the results of commands without events. `sum` is `RowSum` over the other columns.
const std::string& schema_sql() {
    static const std::string sql = R"(
CREATE TABLE log(id INTEGER PRIMARY KEY, epoch INTEGER NOT NULL, batch INTEGER NOT NULL,
  recorded INTEGER NOT NULL, frontier BLOB NOT NULL, sum INTEGER NOT NULL) STRICT;
CREATE TABLE batch(number INTEGER PRIMARY KEY, recorded INTEGER NOT NULL, frontier BLOB NOT NULL,
  effects BLOB NOT NULL, sum INTEGER NOT NULL) STRICT;
CREATE TABLE event(position INTEGER PRIMARY KEY, stream INTEGER NOT NULL,
  previous INTEGER NOT NULL, recorded INTEGER NOT NULL, leaf BLOB NOT NULL,
  envelope BLOB NOT NULL, payload BLOB NOT NULL, result BLOB NOT NULL) STRICT;
CREATE TABLE stream(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL,
  position INTEGER NOT NULL, leaf BLOB NOT NULL) STRICT;
CREATE TABLE command(number INTEGER PRIMARY KEY, result BLOB NOT NULL) STRICT;
CREATE TABLE command_hash(batch INTEGER PRIMARY KEY, places BLOB NOT NULL,
  sum INTEGER NOT NULL) STRICT;
CREATE TABLE timer(key TEXT PRIMARY KEY, due INTEGER NOT NULL, generation INTEGER NOT NULL,
  sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX timer_due ON timer(due, key);
CREATE TABLE outbox(id TEXT PRIMARY KEY, kind TEXT NOT NULL, due INTEGER NOT NULL,
  body BLOB NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_due ON outbox(due, id);
CREATE TABLE projection(tbl TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
  sum INTEGER NOT NULL, PRIMARY KEY(tbl, key)) STRICT, WITHOUT ROWID;
CREATE TABLE blob(digest BLOB PRIMARY KEY NOT NULL, bytes BLOB NOT NULL) STRICT;
CREATE TABLE snapshot(name TEXT NOT NULL, fold_version INTEGER NOT NULL, position INTEGER NOT NULL,
  bytes BLOB NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY(name, fold_version)) STRICT;
)";
    return sql;
}

bool is_new_log(Database& database) {
    const bool is_empty = database.answer("SELECT count(*) FROM sqlite_schema") == "0";
    if (!is_empty || pragma(database, "application_id") != 0) check_schema(database);
    return is_empty;
}

void create_schema(Database& database) {
    Transaction transaction{database};
    database.run(schema_sql());
    database.run(fmt::format("PRAGMA application_id={}; PRAGMA user_version={}", application_id,
                             format_version));
    LogRow{database}.create();
    transaction.commit();
}

void check_schema(Database& database) {
    const std::int64_t application = pragma(database, "application_id");
    if (application != application_id)
        throw log::StoreError{
            fmt::format("{}: is not a log of Dutylog: its application id is {}, expected {}",
                        database.path(), application, application_id)};
    const std::int64_t version = pragma(database, "user_version");
    if (version != format_version)
        throw log::StoreError{fmt::format("{}: has format version {}, expected {}", database.path(),
                                          version, format_version)};
}

}  // namespace dutylog::sqlite
