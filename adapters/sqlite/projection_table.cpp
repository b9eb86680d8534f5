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
    static const Changes<Bytes> none;
    const auto found = changes_.find(table);
    const Changes<Bytes>& changes = found == changes_.end() ? none : found->second;
    std::vector<ProjectionRow> merged;
    Rows stored{rows_, table};
    while (stored.next()) {
        const std::string key{stored.text(0)};
        const BytesView value = stored.bytes(1);
        if (!changes.contains(key))
            merged.push_back({table, key, Bytes(value.begin(), value.end())});
    }
    const auto stored_rows = static_cast<std::ptrdiff_t>(merged.size());
    for (const auto* change : in_key_order(changes))
        if (change->second) merged.push_back({table, change->first, *change->second});
    std::ranges::inplace_merge(merged, merged.begin() + stored_rows, {}, &ProjectionRow::key);
    return merged;
}

void ProjectionTable::apply(const log::Append& append) {
    for (const auto& [table, key] : append.drop_rows) changes_[table][key].reset();
    for (const ProjectionRow& row : append.set_rows) changes_[row.table][row.key] = row.value;
}

void ProjectionTable::settle() {
    for (const auto& [table, changes] : changes_) {
        for (const auto* change : in_key_order(changes)) {
            const auto& [key, value] = *change;
            if (value)
                set_.run(table, key, *value, RowSum::of(table, key, BytesView{*value}));
            else
                drop_.run(table, key);
        }
    }
    changes_.clear();
}

std::size_t ProjectionTable::unsettled() const {
    std::size_t count = 0;
    for (const auto& [table, changes] : changes_) count += changes.size();
    return count;
}

}  // namespace dutylog::sqlite
