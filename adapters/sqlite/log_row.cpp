#include "adapters/sqlite/log_row.hpp"

#include <fmt/format.h>

#include "adapters/sqlite/row_sum.hpp"

namespace dutylog::sqlite {

using log::StoreError;

namespace {

std::int64_t sum_of(const LogState& state, BytesView frontier) {
    return RowSum::of(1, state.epoch, state.frontier.size(), state.recorded.micros, state.settled,
                      state.batch, frontier);
}

}  // namespace

LogRow::LogRow(Database& database)
    : database_{database},
      select_{database,
              "SELECT epoch, size, recorded, settled, batch, frontier, sum FROM log WHERE id = 1"},
      update_{database,
              "UPDATE log SET epoch = ?1, size = ?2, recorded = ?3, settled = ?4, batch = ?5,"
              " frontier = ?6, sum = ?7 WHERE id = 1 AND epoch = ?8"} {}

LogState LogRow::read() {
    Rows rows{select_};
    if (!rows.next()) throw StoreError{database_.path() + ": the row of `log` is missing"};
    LogState state;
    try {
        state.epoch = rows.natural(0);
        state.recorded.micros = rows.integer(2);
        state.settled = rows.natural(3);
        state.batch = rows.integer(4);
        state.frontier = log::Frontier::of(rows.bytes(5));
    } catch (const log::DecodeError& error) {
        throw StoreError{fmt::format("{}: the frontier in `log` cannot be read: {}",
                                     database_.path(), error.what())};
    }
    if (rows.natural(1) != state.frontier.size() || rows.integer(6) != sum_of(state, rows.bytes(5)))
        throw StoreError{database_.path() + ": the row of `log` does not match its checksum"};
    return state;
}

void LogRow::create() {
    const LogState state;
    const Bytes frontier = state.frontier.bytes();
    Statement insert{database_,
                     "INSERT INTO log(id, epoch, size, recorded, settled, batch, frontier, sum)"
                     " VALUES(1, 0, 0, 0, 0, 0, ?1, ?2)"};
    insert.run(frontier, sum_of(state, frontier));
}

void LogRow::write(const LogState& state) { write_over(state, state.epoch); }

void LogRow::take_over(LogState& state) {
    const std::uint64_t before = state.epoch++;
    write_over(state, before);
}

void LogRow::write_over(const LogState& state, std::uint64_t epoch_before) {
    const Bytes frontier = state.frontier.bytes();
    update_.run(state.epoch, state.frontier.size(), state.recorded.micros, state.settled,
                state.batch, frontier, sum_of(state, frontier), epoch_before);
    if (database_.changes() != 1)
        throw StoreError{fmt::format("{}: another writer has opened the log since epoch {}",
                                     database_.path(), epoch_before)};
}

}  // namespace dutylog::sqlite
