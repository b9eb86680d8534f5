// Reads any bytes as a table. Its rows have a cell for every column, every place that is told lies
// in the text, and the same bytes give the same version again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/definition/canonical.hpp"
#include "engine/definition/table_reader.hpp"

using namespace dutylog;
using namespace dutylog::definition;

namespace {

Library with_units() {
    Library library;
    library.units = {"dB", "mg/m3", "%"};
    return library;
}

const Library library = with_units();

void check_limits(const SourceFile& file) {
    Diagnostics out;
    const auto text = read_csv(file, out);
    if (!text) return;
    if (text->rows.size() > CsvLimits::rows_max) std::abort();
    if (text->header.cells.size() > CsvLimits::columns_max) std::abort();
    for (const CsvRow& row : text->rows)
        if (row.cells.size() != text->header.cells.size()) std::abort();
}

void check_table(const Table& table, std::size_t size) {
    if (table.types.size() != table.columns.size()) std::abort();
    if (table.lines.size() != table.rows.size()) std::abort();
    for (const std::uint32_t line : table.lines)
        if (line == 0 || line > size + 1) std::abort();
    for (const Record& row : table.rows)
        for (const std::string& column : table.columns)
            if (row.find(column) == nullptr) std::abort();
}

/// Keys that no column answers were told of.
void check_keys(const Table& table) {
    for (const Table::Key& key : table.keys) {
        const bool band = key.column.empty();
        if (band == key.band_from.empty() || band == key.band_to.empty()) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const SourceFile file{"tables/t.csv", {reinterpret_cast<const char*>(data), size}};
    check_limits(file);
    Diagnostics out;
    auto read = read_table(file, library, out);
    for (const Diagnostic& problem : out.all())
        if (problem.where.from > problem.where.to || problem.where.to > size) std::abort();
    if (!read) {
        if (out.all().empty()) std::abort();
        return 0;
    }
    check_table(read->table, size);
    if (!out.has_error()) check_keys(read->table);
    seal(read->table);
    Diagnostics other;
    auto again = read_table(file, library, other);
    seal(again->table);
    if (again->table.hash != read->table.hash || other.all() != out.all()) std::abort();
    return 0;
}
