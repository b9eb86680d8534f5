#pragma once

#include "adapters/sqlite/command_table.hpp"
#include "adapters/sqlite/outbox_table.hpp"
#include "adapters/sqlite/projection_table.hpp"
#include "adapters/sqlite/timer_table.hpp"

namespace dutylog::sqlite {

/// What is derived from the events and moves with them. The effects of an append become durable as
/// one row of `unsettled`; later they are settled, which means spread over the tables in key order.
/// An append so writes one row where it would touch a random page in each of six trees, and an
/// entry that comes and goes in between costs nothing more.
class DerivedTables {
public:
    explicit DerivedTables(Database& database);

    /// Forgets everything and reads the effects of the batches after `settled`.
    void load(std::int64_t settled);
    /// Reads the effects of batches that were not read before.
    void follow();
    /// Takes over the effects of an append whose first event stands at `first`.
    void apply(const log::Append& append, log::Position first);
    /// Makes the effects of one batch durable, in the form of `encode_effects`.
    void keep(BytesView effects);
    /// Spreads everything unsettled over the tables and empties `unsettled`.
    void settle();
    /// The latest batch that was kept or read.
    std::int64_t last_batch() const { return last_batch_; }
    /// Changes that are unsettled; settling takes time in proportion.
    std::size_t unsettled() const;

    TimerTable timers;
    OutboxTable outbox;
    ProjectionTable projections;
    CommandTable commands;

private:
    Statement select_;
    Statement insert_;
    Statement clear_;
    std::int64_t last_batch_ = 0;
};

}  // namespace dutylog::sqlite
