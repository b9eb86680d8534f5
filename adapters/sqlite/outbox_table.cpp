#include "adapters/sqlite/outbox_table.hpp"

#include <limits>

#include "adapters/sqlite/row_sum.hpp"

namespace dutylog::sqlite {

using log::OutboxEntry;

namespace {

std::size_t hash_of(std::string_view id) { return std::hash<std::string_view>{}(id); }

}  // namespace

OutboxTable::OutboxTable(Database& database)
    : ids_{database, "SELECT id FROM outbox"},
      due_{database, "SELECT id, kind, due, body FROM outbox ORDER BY due, id"},
      set_{database,
           "INSERT INTO outbox(id, kind, due, body, sum) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO"
           " UPDATE SET kind = excluded.kind, due = excluded.due, body = excluded.body,"
           " sum = excluded.sum"},
      drop_{database, "DELETE FROM outbox WHERE id = ?"} {}

void OutboxTable::load() {
    changes_.clear();
    stored_.clear();
    Rows rows{ids_};
    while (rows.next()) stored_.insert(hash_of(rows.text(0)));
}

void OutboxTable::drop(std::string_view id) {
    if (stored_.contains(hash_of(id)))
        changes_.drop(id);
    else
        changes_.forget(id);
}

std::vector<OutboxEntry> OutboxTable::first(std::size_t limit) {
    constexpr Instant end_of_time{std::numeric_limits<std::int64_t>::max()};
    std::vector<OutboxEntry> found;
    Rows rows{due_};
    const auto read = [&]() -> std::optional<OutboxView> {
        if (!rows.next()) return std::nullopt;
        return OutboxView{rows.text(0), rows.text(1), {rows.integer(2)}, rows.bytes(3)};
    };
    changes_.merge(end_of_time, limit, read, [&](const OutboxView& entry) {
        found.push_back({std::string{entry.key}, std::string{entry.kind}, entry.due,
                         Bytes(entry.body.begin(), entry.body.end())});
    });
    return found;
}

void OutboxTable::settle() {
    for (const auto* change : in_key_order(changes_.by_key())) {
        const auto& [id, entry] = *change;
        if (entry) {
            set_.run(id, entry->kind, entry->due.micros, entry->body,
                     RowSum::of(id, entry->kind, entry->due.micros, entry->body));
            stored_.insert(hash_of(id));
        } else {
            drop_.run(id);
            stored_.erase(hash_of(id));
        }
    }
    changes_.clear();
}

}  // namespace dutylog::sqlite
