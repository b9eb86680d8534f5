#include "adapters/sqlite/projection_table.hpp"

#include "adapters/sqlite/row_sum.hpp"

namespace dutylog::sqlite {

using log::ProjectionRow;

ProjectionTable::ProjectionTable(Database& database)
    : rows_{database, "SELECT key, value FROM projection WHERE tbl = ? ORDER BY key"},
      set_{database,
           "INSERT INTO projection(tbl, key, value, sum) VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE"
           " SET value = excluded.value, sum = excluded.sum"},
      drop_{database, "DELETE FROM projection WHERE tbl = ? AND key = ?"} {}

std::vector<ProjectionRow> ProjectionTable::rows(const std::string& table) {
    static const Changes<RowView> none;
    const auto found = changes_.find(table);
    const Changes<RowView>& changes = found == changes_.end() ? none : found->second;
    std::vector<ProjectionRow> merged;
    const auto add = [&](std::string_view key, BytesView value) {
        merged.push_back({table, std::string{key}, Bytes(value.begin(), value.end())});
    };
    Rows stored{rows_, table};
    while (stored.next())
        if (!changes.contains(stored.text(0))) add(stored.text(0), stored.bytes(1));
    const auto stored_rows = static_cast<std::ptrdiff_t>(merged.size());
    for (const auto* change : in_key_order(changes))
        if (change->second) add(change->first, change->second->value);
    std::ranges::inplace_merge(merged, merged.begin() + stored_rows, {}, &ProjectionRow::key);
    return merged;
}

void ProjectionTable::settle() {
    for (const auto& [table, changes] : changes_) {
        for (const auto* change : in_key_order(changes)) {
            const auto& [key, row] = *change;
            if (row)
                set_.run(table, key, row->value, RowSum::of(table, key, row->value));
            else
                drop_.run(table, key);
        }
    }
    changes_.clear();
}

}  // namespace dutylog::sqlite
