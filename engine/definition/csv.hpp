#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/definition/diagnostic.hpp"

namespace dutylog::definition {

/// What a table may hold at most.
struct CsvLimits {
    static constexpr std::size_t bytes_max = 4 * 1024 * 1024;
    static constexpr std::size_t rows_max = 50'000;
    static constexpr std::size_t columns_max = 100;
    static constexpr std::size_t problems_max = 100;
};

/// One cell, without its quotes, and where it stands.
struct Cell {
    std::string text;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
};

struct CsvRow {
    std::uint32_t line = 0;
    std::vector<Cell> cells;
};

/// `# key: value` above the header.
struct LegendLine {
    Cell key;
    Cell value;
};

struct CsvText {
    std::vector<LegendLine> legend;
    CsvRow header;
    std::vector<CsvRow> rows;  ///< each with as many cells as the header
};

/// Reads RFC 4180 in UTF-8, below a legend of `#` lines. Blank lines are left out. Rows with a
/// wrong number of cells are reported and left out.
/// @returns nothing where not even a header can be read
std::optional<CsvText> read_csv(const SourceFile& file, Diagnostics& out);

}  // namespace dutylog::definition
