#pragma once

#include <deque>

#include "adapters/sqlite/effects.hpp"
#include "adapters/sqlite/outbox_table.hpp"
#include "adapters/sqlite/projection_table.hpp"
#include "adapters/sqlite/timer_table.hpp"

namespace dutylog::sqlite {

/// The tables that are derived from the events and move with them. The effects of a batch are
/// durable as one row of `batch`; later they are settled, which means spread over the tables in key
/// order. An append so writes one row where it would touch a random page in each of six trees, and
/// an entry that comes and goes in between costs nothing more.
class DerivedTables : private EffectsSink {
public:
    explicit DerivedTables(Database& database);

    /// Forgets the unsettled effects.
    void load();
    /// Carries out in memory what is durable in a row of `batch`.
    /// @throws StoreError  the effects cannot be read
    void carry_out(BytesView effects);
    /// Spreads everything unsettled over the tables.
    void settle();
    std::size_t unsettled_bytes() const { return unsettled_bytes_; }

    TimerTable timers;
    OutboxTable outbox;
    ProjectionTable projections;

private:
    void drop_timer(std::string_view key) override { timers.drop(key); }
    void set_timer(const TimerView& timer) override { timers.set(timer); }
    void drop_outbox(std::string_view id) override { outbox.drop(id); }
    void add_outbox(const OutboxView& entry) override { outbox.add(entry); }
    void drop_row(std::string_view table, std::string_view key) override {
        projections.drop(table, key);
    }
    void set_row(const RowView& row) override { projections.set(row); }

    std::deque<Bytes> unsettled_;  ///< the tables hold views into these
    std::size_t unsettled_bytes_ = 0;
};

}  // namespace dutylog::sqlite
