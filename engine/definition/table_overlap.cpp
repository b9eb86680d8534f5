#include "engine/definition/table_overlap.hpp"

#include <algorithm>
#include <map>
#include <optional>

namespace dutylog::definition {

namespace {

/// Pairs of rows looked at in one table, so that no table takes long.
constexpr int comparisons_max = 5'000'000;

/// Values from … to; an end that is not set is open.
struct Range {
    std::optional<Decimal> from;
    std::optional<Decimal> to;
    bool from_included = true;
    bool to_included = false;
    bool empty_cells = false;  ///< fits only where no value is given
};

std::optional<Decimal> number_of(const Value* value) {
    if (value == nullptr) return std::nullopt;
    if (const auto* whole = value->as<std::int64_t>()) return Decimal{*whole};
    if (const auto* number = value->as<Decimal>()) return *number;
    if (const auto* quantity = value->as<Quantity>()) return quantity->amount;
    return std::nullopt;
}

bool truth_of(const Record& row, const std::string& column, bool otherwise) {
    const Value* value = column.empty() ? nullptr : row.find(column);
    const bool* truth = value == nullptr ? nullptr : value->as<bool>();
    return truth == nullptr ? otherwise : *truth;
}

Range band_of(const Record& row, const Table::Key& key) {
    Range range{.from = number_of(row.find(key.band_from)), .to = number_of(row.find(key.band_to))};
    range.from_included = truth_of(row, key.from_included, true);
    range.to_included = truth_of(row, key.to_included, false);
    range.empty_cells = !range.from && !range.to;
    return range;
}

/// Whether a value can lie above the start of one and below the end of the other.
bool reaches(const Range& low, const Range& high) {
    if (!low.to || !high.from) return true;
    if (*low.to == *high.from) return low.to_included && high.from_included;
    return *low.to > *high.from;
}

bool overlap(const Range& a, const Range& b) { return reaches(a, b) && reaches(b, a); }

const CivilDate* date_of(const Record& row, std::string_view column) {
    const Value* cell = row.find(column);
    return cell == nullptr ? nullptr : cell->as<CivilDate>();
}

bool valid_together(const Record& a, const Record& b) {
    const auto before = [&](const Record& first, const Record& second) {
        const CivilDate* to = date_of(first, "valid_to");
        const CivilDate* from = date_of(second, "valid_from");
        return to != nullptr && from != nullptr && *to <= *from;
    };
    return !before(a, b) && !before(b, a);
}

bool same_question(const Table& table, const Record& a, const Record& b) {
    for (const Table::Key& key : table.keys) {
        if (!key.column.empty()) {
            if (*a.find(key.column) != *b.find(key.column)) return false;
        } else if (!overlap(band_of(a, key), band_of(b, key))) {
            return false;
        }
    }
    return valid_together(a, b);
}

/// The exact key cells of a row, to compare only rows that agree in them.
std::string group_of(const Table& table, const Record& row) {
    std::string group;
    for (const Table::Key& key : table.keys)
        if (!key.column.empty()) append_canonical(group, *row.find(key.column));
    return group;
}

std::string bands_of(const Table& table, const Record& row) {
    std::string bands;
    for (const Table::Key& key : table.keys)
        for (const std::string& column : {key.band_from, key.band_to})
            if (!column.empty()) append_canonical(bands, *row.find(column));
    return bands;
}

class Overlaps {
public:
    Overlaps(const SourceFile& file, const Table& table, const CsvText& csv, Diagnostics& out)
        : file_{file}, table_{table}, csv_{csv}, out_{out} {}

    void report() {
        std::map<std::string, std::vector<std::size_t>> groups;
        for (std::size_t i = 0; i < table_.rows.size(); ++i) {
            check_bands(i);
            if (!table_.keys.empty()) groups[group_of(table_, table_.rows[i])].push_back(i);
        }
        for (const auto& [group, rows] : groups) {
            check_group(rows);
            check_gaps(rows);
        }
    }

private:
    SourceSpan row_span(std::size_t row) const {
        const auto& cells = csv_.rows[row].cells;
        return {file_.path, cells.front().from, cells.back().to};
    }

    void check_bands(std::size_t row) {
        for (const Table::Key& key : table_.keys) {
            if (!key.column.empty()) continue;
            const Range band = band_of(table_.rows[row], key);
            const bool none =
                band.from && band.to &&
                (*band.from > *band.to ||
                 (*band.from == *band.to && !(band.from_included && band.to_included)));
            if (none)
                out_.add("DL0511", row_span(row),
                         {{"from", to_string(*band.from)},
                          {"to", to_string(*band.to)},
                          {"name", key.name}});
        }
    }

    void check_group(const std::vector<std::size_t>& rows) {
        for (std::size_t i = 1; i < rows.size(); ++i)
            for (std::size_t j = 0; j < i; ++j)
                if (--comparisons_left_ < 0)
                    return;
                else if (same_question(table_, table_.rows[rows[i]], table_.rows[rows[j]])) {
                    if (out_.all().size() >= CsvLimits::problems_max) return;
                    out_.add("DL0510", row_span(rows[i]),
                             {{"name", std::to_string(csv_.rows[rows[j]].line)}})
                        .beside(row_span(rows[j]), Note::first_here);
                    break;
                }
    }

    /// Rows that differ in nothing but their validity follow each other without a gap.
    void check_gaps(const std::vector<std::size_t>& rows) {
        std::map<std::string, std::vector<std::size_t>> editions;
        for (const std::size_t row : rows)
            editions[bands_of(table_, table_.rows[row])].push_back(row);
        for (auto& [bands, list] : editions) {
            std::ranges::sort(list, {}, [&](std::size_t row) {
                const CivilDate* from = date_of(table_.rows[row], "valid_from");
                return from == nullptr ? CivilDate{-1'000'000} : *from;
            });
            for (std::size_t i = 1; i < list.size(); ++i) check_gap(list[i - 1], list[i]);
        }
    }

    void check_gap(std::size_t earlier, std::size_t later) {
        const CivilDate* to = date_of(table_.rows[earlier], "valid_to");
        const CivilDate* from = date_of(table_.rows[later], "valid_from");
        if (to == nullptr || from == nullptr || *to >= *from) return;
        if (out_.all().size() < CsvLimits::problems_max)
            out_.add("DL0517", row_span(later),
                     {{"from", to_string(*to)}, {"to", to_string(*from)}})
                .beside(row_span(earlier), Note::other_here);
    }

    const SourceFile& file_;
    const Table& table_;
    const CsvText& csv_;
    Diagnostics& out_;
    int comparisons_left_ = comparisons_max;
};

}  // namespace

void report_overlaps(const SourceFile& file, const Table& table, const CsvText& csv,
                     Diagnostics& out) {
    Overlaps{file, table, csv, out}.report();
}

}  // namespace dutylog::definition
