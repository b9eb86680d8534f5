#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace dutylog::importing {

namespace import_limits {
inline constexpr std::size_t rows_max = 100'000;
inline constexpr std::size_t columns_max = 200;
inline constexpr std::size_t cell_max = 65'536;  ///< bytes
}  // namespace import_limits

struct Row {
    std::uint32_t line = 0;          ///< on which it begins, from 1
    std::vector<std::string> cells;  ///< without the blanks around them
};

struct Rows {
    Row header;
    std::vector<Row> rows;
};

/// Why a text is no table of rows.
struct BadRows {
    enum class Reason : std::uint8_t {
        empty,         ///< not even a header
        broken_quote,  ///< a quote inside a cell, or one that is never closed
        too_many_rows,
        too_many_columns,
        cell_too_long,
    };
    std::uint32_t line = 0;
    Reason reason = Reason::empty;
};

/// Reads CSV as spreadsheets write it (RFC 4180, and tabs or semicolons where the header has
/// them instead of commas). Blank lines are left out; rows may be of any length.
std::expected<Rows, BadRows> read_rows(std::string_view text);

}  // namespace dutylog::importing
