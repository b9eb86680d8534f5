#include "adapters/sqlite/log_row.hpp"

#include <fmt/format.h>

#include "adapters/sqlite/row_sum.hpp"

namespace dutylog::sqlite {

using log::StoreError;

namespace {

log::Frontier frontier_of(const Database& database, const char* table, BytesView bytes) {
    try {
        return log::Frontier::of(bytes);
    } catch (const log::DecodeError& error) {
        throw StoreError{fmt::format("{}: the frontier in `{}` cannot be read: {}", database.path(),
                                     table, error.what())};
    }
}

}  // namespace

LogRow::LogRow(Database& database)
    : database_{database},
      select_{database, "SELECT epoch, batch, recorded, frontier, sum FROM log WHERE id = 1"},
      epoch_{database, "SELECT epoch FROM log WHERE id = 1"},
      update_{database,
              "UPDATE log SET epoch = ?, batch = ?, recorded = ?, frontier = ?, sum = ?"
              " WHERE id = 1"} {}

LogState LogRow::read() {
    Rows rows{select_};
    if (!rows.next()) throw StoreError{database_.path() + ": the row of `log` is missing"};
    if (rows.integer(4) !=
        RowSum::of(1, rows.integer(0), rows.integer(1), rows.integer(2), rows.bytes(3)))
        throw StoreError{database_.path() + ": the row of `log` does not match its checksum"};
    return {rows.natural(0),
            rows.integer(1),
            {rows.integer(2)},
            frontier_of(database_, "log", rows.bytes(3))};
}

void LogRow::create() {
    const Bytes frontier = log::Frontier{}.bytes();
    Statement insert{database_,
                     "INSERT INTO log(id, epoch, batch, recorded, frontier, sum)"
                     " VALUES(1, 0, 0, 0, ?, ?)"};
    insert.run(frontier, RowSum::of(1, 0, 0, 0, BytesView{frontier}));
}

void LogRow::check_epoch(std::uint64_t epoch) {
    Rows rows{epoch_};
    if (!rows.next() || rows.natural(0) != epoch)
        throw StoreError{fmt::format("{}: another writer has opened the log since epoch {}",
                                     database_.path(), epoch)};
}

void LogRow::write(const LogState& state) {
    const Bytes frontier = state.frontier.bytes();
    update_.run(
        state.epoch, state.batch, state.recorded.micros, frontier,
        RowSum::of(1, state.epoch, state.batch, state.recorded.micros, BytesView{frontier}));
}

BatchTable::BatchTable(Database& database)
    : database_{database},
      select_{database,
              "SELECT number, recorded, frontier, effects, sum FROM batch WHERE number > ?"
              " ORDER BY number"},
      insert_{database,
              "INSERT INTO batch(number, recorded, frontier, effects, sum) VALUES(?, ?, ?, ?, ?)"},
      clear_{database, "DELETE FROM batch"} {}

void BatchTable::insert(const LogState& state, BytesView effects) {
    const Bytes frontier = state.frontier.bytes();
    insert_.run(state.batch, state.recorded.micros, frontier, effects,
                RowSum::of(state.batch, state.recorded.micros, BytesView{frontier}, effects));
}

Batch BatchTable::read(const Rows& rows) const {
    if (rows.integer(4) !=
        RowSum::of(rows.integer(0), rows.integer(1), rows.bytes(2), rows.bytes(3)))
        throw StoreError{fmt::format("{}: row {} of `batch` does not match its checksum",
                                     database_.path(), rows.integer(0))};
    return {rows.integer(0),
            {rows.integer(1)},
            frontier_of(database_, "batch", rows.bytes(2)),
            rows.bytes(3)};
}

}  // namespace dutylog::sqlite
