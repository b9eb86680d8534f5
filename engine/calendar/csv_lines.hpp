#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/rejection.hpp"

namespace dutylog::calendar {

/// What a data file may hold at most.
struct CsvLimits {
    static constexpr std::size_t text_bytes_max = 256 * 1024;
    static constexpr std::size_t lines_max = 4'000;  ///< lines that are neither blank nor comment
    static constexpr std::size_t fields_max = 16;
    static constexpr std::size_t field_bytes_max = 300;
};

/// One line of a data file: its number, counted from 1, and its fields without blanks around them.
struct CsvLine {
    std::size_t number = 0;
    std::vector<std::string> fields;
};

/// Splits a data file into lines of fields: UTF-8, commas between fields, `"…"` around a field that
/// holds a comma (`""` for a quote), `#` for a comment line; blank lines are left out.
/// A form of our own, not all of RFC 4180: no line breaks inside a field, so that every message can
/// name a line, and comments, so that a table can say where its numbers come from.
/// @param label  the name of the file, for messages
/// @returns a rejection `data_file` that names label, line, what was expected and what was found
Result<std::vector<CsvLine>> read_csv_lines(std::string_view label, std::string_view text);

/// The message all data files share: `cn-2026.csv:7: expected a date YYYY-MM-DD, found "2026-2-3"`.
std::unexpected<Rejection> csv_error(std::string_view label, std::size_t line,
                                     std::string_view expected, std::string_view found);

}  // namespace dutylog::calendar
