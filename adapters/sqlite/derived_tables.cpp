#include "adapters/sqlite/derived_tables.hpp"

#include <fmt/format.h>

#include "adapters/sqlite/effects.hpp"
#include "adapters/sqlite/row_sum.hpp"
#include "engine/log/codec_error.hpp"

namespace dutylog::sqlite {

using namespace log;

DerivedTables::DerivedTables(Database& database)
    : timers{database},
      outbox{database},
      projections{database},
      commands{database},
      select_{database, "SELECT batch, effects, sum FROM unsettled WHERE batch > ? ORDER BY batch"},
      insert_{database, "INSERT INTO unsettled(batch, effects, sum) VALUES(?, ?, ?)"},
      clear_{database, "DELETE FROM unsettled"} {}

void DerivedTables::load(std::int64_t settled) {
    timers.forget();
    outbox.forget();
    projections.forget();
    commands.forget();
    last_batch_ = settled;
    follow();
}

void DerivedTables::follow() {
    Rows rows{select_, last_batch_};
    while (rows.next()) {
        last_batch_ = rows.integer(0);
        const BytesView effects = rows.bytes(1);
        if (rows.integer(2) != RowSum::of(last_batch_, effects))
            throw StoreError{
                fmt::format("row {} of `unsettled` does not match its checksum", last_batch_)};
        for (std::size_t at = 0; at < effects.size();) {
            const Effects one = decode_effects(effects, at);
            apply(one.append, one.first);
        }
    }
}

void DerivedTables::apply(const Append& append, Position first) {
    timers.apply(append);
    outbox.apply(append);
    projections.apply(append);
    if (append.result) commands.apply(*append.result, first);
}

void DerivedTables::keep(BytesView effects) {
    ++last_batch_;
    insert_.run(last_batch_, effects, RowSum::of(last_batch_, effects));
}

void DerivedTables::settle() {
    timers.settle();
    outbox.settle();
    projections.settle();
    commands.settle();
    clear_.run();
}

std::size_t DerivedTables::unsettled() const {
    return timers.unsettled() + outbox.unsettled() + projections.unsettled() + commands.unsettled();
}

}  // namespace dutylog::sqlite
