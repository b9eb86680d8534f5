#include "adapters/sqlite/outbox_table.hpp"

#include <limits>

#include "adapters/sqlite/row_sum.hpp"

namespace dutylog::sqlite {

using log::OutboxEntry;

OutboxTable::OutboxTable(Database& database)
    : due_{database, "SELECT id, kind, due, body FROM outbox ORDER BY due, id"},
      set_{database,
           "INSERT INTO outbox(id, kind, due, body, sum) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO"
           " UPDATE SET kind = excluded.kind, due = excluded.due, body = excluded.body,"
           " sum = excluded.sum"},
      drop_{database, "DELETE FROM outbox WHERE id = ?"} {}

std::vector<OutboxEntry> OutboxTable::first(std::size_t limit) {
    constexpr Instant end_of_time{std::numeric_limits<std::int64_t>::max()};
    Rows rows{due_};
    const auto read = [&]() -> std::optional<OutboxEntry> {
        if (!rows.next()) return std::nullopt;
        const BytesView body = rows.bytes(3);
        return OutboxEntry{std::string{rows.text(0)},
                           std::string{rows.text(1)},
                           {rows.integer(2)},
                           Bytes(body.begin(), body.end())};
    };
    return merge_due(changes_, end_of_time, limit, read,
                     [](const OutboxEntry& entry) -> const std::string& { return entry.id; });
}

void OutboxTable::apply(const log::Append& append) {
    for (const std::string& id : append.drop_outbox) changes_.drop(id);
    for (const OutboxEntry& entry : append.add_outbox) changes_.set(entry.id, entry);
}

void OutboxTable::settle() {
    for (const auto* change : in_key_order(changes_.by_key())) {
        const auto& [id, entry] = *change;
        if (entry)
            set_.run(id, entry->kind, entry->due.micros, entry->body,
                     RowSum::of(id, entry->kind, entry->due.micros, BytesView{entry->body}));
        else
            drop_.run(id);
    }
    changes_.clear();
}

}  // namespace dutylog::sqlite
