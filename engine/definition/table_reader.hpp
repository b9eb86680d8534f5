#pragma once

#include <optional>

#include "engine/definition/csv.hpp"
#include "engine/definition/library.hpp"
#include "engine/definition/yaml.hpp"

namespace dutylog::definition {

/// A table, and what else its file says.
struct ReadTable {
    Table table;
    SourceSpan id;                  ///< where the legend gives its id
    std::vector<Comment> comments;  ///< `# allow …` lines; each speaks of the whole file
};

/// Reads a table of numbers. Its legend has `# id:`, `# key:`, `# title.en:`, `# title.zh-CN:`; a
/// key without a column of its name but with `NAME_from` and `NAME_to` is a band. The type of a
/// column is that of all its cells: truth, date, period, quantity, integer, decimal, or text.
/// @returns nothing where the table cannot be used at all; problems are added to `out` either way
std::optional<ReadTable> read_table(const SourceFile& file, const Library& library,
                                    Diagnostics& out);

/// The type that all texts have, and what one of them is then. Empty texts count for nothing.
rule::Type type_of_cells(const std::vector<std::string_view>& cells,
                         const std::vector<std::string>& units);
Value value_of_cell(std::string_view cell, const rule::Type& type);

}  // namespace dutylog::definition
