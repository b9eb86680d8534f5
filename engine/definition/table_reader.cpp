#include "engine/definition/table_reader.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "engine/definition/reading.hpp"
#include "engine/definition/table_overlap.hpp"

namespace dutylog::definition {

using rule::Kind;

namespace {

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        std::string_view part = text.substr(0, comma);
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ')) part.remove_suffix(1);
        if (!part.empty()) parts.push_back(part);
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return parts;
}

class TableReader {
public:
    TableReader(const SourceFile& file, const Library& library, Diagnostics& out)
        : file_{file}, library_{library}, out_{out} {}

    std::optional<ReadTable> read() {
        const std::size_t before = out_.all().size();
        auto csv = read_csv(file_, out_);
        if (!csv) return std::nullopt;
        csv_ = std::move(*csv);
        const bool whole = out_.all().size() == before;
        read_legend();
        read_columns();
        read_keys();
        if (table_.id.empty() || csv_.header.cells.empty()) return std::nullopt;
        read_types();
        read_rows();
        if (csv_.rows.empty() && whole)
            out_.add("DL0516", span(csv_.header.cells[0]), {{"name", table_.id}});
        report_overlaps(file_, table_, csv_, out_);
        return ReadTable{std::move(table_), id_, std::move(allows_)};
    }

private:
    SourceSpan span(const Cell& cell) const { return {file_.path, cell.from, cell.to}; }

    void read_legend() {
        for (const LegendLine& line : csv_.legend) {
            const std::string& key = line.key.text;
            if (key == "id") {
                table_.id = line.value.text;
                id_ = span(line.value);
                if (!is_id(table_.id)) out_.add("DL0115", span(line.value), {{"name", table_.id}});
            } else if (key.starts_with("allow ")) {
                allows_.push_back({line.key.from, line.value.to, key + ": " + line.value.text});
            } else if (key == "key") {
                keys_ = &line.value;
            } else if (key == "text") {
                for (const auto column : split(line.value.text)) texts_.emplace(column);
            } else if (key == "title.en" || key == "title en") {
                table_.title.en = line.value.text;
            } else if (key == "title.zh-CN" || key == "title zh-CN") {
                table_.title.zh_cn = line.value.text;
            }
        }
        if (table_.id.empty()) out_.add("DL0503", start(), {{"name", "`# id:`"}});
        if (keys_ == nullptr) out_.add("DL0503", start(), {{"name", "`# key:`"}});
    }

    SourceSpan start() const { return {file_.path, 0, 0}; }

    void read_columns() {
        for (const Cell& cell : csv_.header.cells) {
            const auto first = std::ranges::find(table_.columns, cell.text);
            if (first != table_.columns.end())
                out_.add("DL0505", span(cell), {{"name", cell.text}})
                    .beside(
                        span(csv_.header
                                 .cells[static_cast<std::size_t>(first - table_.columns.begin())]),
                        Note::first_here);
            else if (!is_id(cell.text))
                out_.add("DL0115", span(cell), {{"name", cell.text}});
            table_.columns.push_back(cell.text);
        }
        for (const auto* wanted : {"valid_from", "valid_to"})
            if (!has(wanted)) out_.add("DL0506", span(csv_.header.cells[0]), {{"name", wanted}});
    }

    bool has(std::string_view column) const {
        return std::ranges::find(table_.columns, column) != table_.columns.end();
    }

    void read_keys() {
        if (keys_ == nullptr) return;
        for (const std::string_view written : split(keys_->text)) {
            // `level(level_from..level_to)` says of a band what `level` alone says as well.
            const std::string name{written.substr(0, written.find('('))};
            Table::Key key;
            key.name = name;
            if (has(name)) {
                key.column = name;
            } else if (has(name + "_from") && has(name + "_to")) {
                key.band_from = name + "_from";
                key.band_to = name + "_to";
                if (has(name + "_from_included")) key.from_included = name + "_from_included";
                if (has(name + "_to_included")) key.to_included = name + "_to_included";
            } else {
                const auto at = keys_->from + static_cast<std::uint32_t>(keys_->text.find(written));
                add_unknown(out_, "DL0507",
                            {file_.path, at, at + static_cast<std::uint32_t>(written.size())}, name,
                            table_.columns);
                continue;
            }
            table_.keys.push_back(std::move(key));
        }
    }

    std::vector<std::string_view> cells_of(std::size_t column, bool without_any) const {
        std::vector<std::string_view> cells;
        for (const CsvRow& row : csv_.rows)
            if (!without_any || row.cells[column].text != "any")
                cells.emplace_back(row.cells[column].text);
        return cells;
    }

    bool is_key(std::string_view column) const {
        return std::ranges::any_of(table_.keys,
                                   [&](const Table::Key& key) { return key.column == column; });
    }

    void read_types() {
        for (std::size_t i = 0; i < table_.columns.size(); ++i) {
            rule::Type type = type_of_cells(cells_of(i, is_key(table_.columns[i])), library_.units);
            if (texts_.contains(table_.columns[i])) type.kind = Kind::text;
            if (table_.columns[i] == "valid_from" || table_.columns[i] == "valid_to")
                type.kind = Kind::date;
            table_.types.push_back(std::move(type));
        }
        for (Table::Key& key : table_.keys) {
            if (key.column.empty()) {
                key.type.kind = Kind::any;
            } else {
                const auto at = std::ranges::find(table_.columns, key.column);
                key.type = table_.types[static_cast<std::size_t>(at - table_.columns.begin())];
                if (key.type.kind == Kind::integer) key.type.kind = Kind::decimal;
            }
            key.type.optional = true;
        }
    }

    void read_rows() {
        for (const CsvRow& row : csv_.rows) {
            std::vector<Field> fields;
            for (std::size_t i = 0; i < row.cells.size(); ++i)
                if (std::ranges::find(table_.columns, table_.columns[i]) ==
                    table_.columns.begin() + static_cast<std::ptrdiff_t>(i))
                    fields.push_back({table_.columns[i], value(row.cells[i], i)});
            table_.rows.push_back(Record::of(std::move(fields)));
            table_.lines.push_back(row.line);
            check_validity(row);
        }
    }

    Value value(const Cell& cell, std::size_t column) {
        const rule::Type& type = table_.types[column];
        if (cell.text == "any" && is_key(table_.columns[column])) return cell.text;
        const bool date = type.kind == Kind::date;
        if (date && !cell.text.empty() && !parse_civil_date(cell.text)) {
            out_.add("DL0508", span(cell),
                     {{"name", cell.text}, {"column", table_.columns[column]}});
            return {};
        }
        return value_of_cell(cell.text, type);
    }

    void check_validity(const CsvRow& row) {
        const Record& record = table_.rows.back();
        const auto date = [&](std::string_view column) -> const CivilDate* {
            const Value* cell = record.find(column);
            return cell == nullptr ? nullptr : cell->as<CivilDate>();
        };
        const CivilDate* from = date("valid_from");
        const CivilDate* to = date("valid_to");
        if (from == nullptr || to == nullptr || *from < *to) return;
        const auto at = std::ranges::find(table_.columns, "valid_to");
        out_.add("DL0509", span(row.cells[static_cast<std::size_t>(at - table_.columns.begin())]),
                 {{"from", to_string(*from)}, {"to", to_string(*to)}});
    }

    const SourceFile& file_;
    const Library& library_;
    Diagnostics& out_;
    CsvText csv_;
    Table table_;
    const Cell* keys_ = nullptr;
    SourceSpan id_;
    std::vector<Comment> allows_;
    std::set<std::string, std::less<>> texts_;
};

}  // namespace

std::optional<ReadTable> read_table(const SourceFile& file, const Library& library,
                                    Diagnostics& out) {
    return TableReader{file, library, out}.read();
}

}  // namespace dutylog::definition
