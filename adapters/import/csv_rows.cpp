#include "adapters/import/csv_rows.hpp"

#include <csv.h>

#include <algorithm>
#include <optional>

namespace dutylog::importing {

namespace {

/// What the header is divided by.
unsigned char delimiter_of(std::string_view text) {
    const std::string_view header = text.substr(0, text.find('\n'));
    for (const char mark : {',', '\t', ';'})
        if (header.find(mark) != std::string_view::npos) return static_cast<unsigned char>(mark);
    return CSV_COMMA;
}

std::string trimmed(std::string_view cell) {
    const std::size_t first = cell.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string{cell.substr(first, cell.find_last_not_of(" \t\r\n") - first + 1)};
}

class Reader {
public:
    explicit Reader(unsigned char delimiter) {
        csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI);
        csv_set_delim(&parser_, delimiter);
    }
    ~Reader() { csv_free(&parser_); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;

    /// Line by line, so that each row knows on which line it begins.
    void read(std::string_view text) {
        while (!text.empty() && !problem_) {
            ++line_;
            const std::size_t end = text.find('\n');
            const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
            if (csv_parse(&parser_, text.data(), size, cell_of, row_of, this) != size)
                fail(BadRows::Reason::broken_quote);
            text.remove_prefix(size);
        }
        if (!problem_ && csv_fini(&parser_, cell_of, row_of, this) != 0)
            fail(BadRows::Reason::broken_quote);
    }

    std::expected<Rows, BadRows> take() {
        if (problem_) return std::unexpected{*problem_};
        if (rows_.empty()) return std::unexpected{BadRows{1, BadRows::Reason::empty}};
        Rows rows;
        rows.header = std::move(rows_.front());
        rows.rows.assign(std::make_move_iterator(rows_.begin() + 1),
                         std::make_move_iterator(rows_.end()));
        return rows;
    }

private:
    static void cell_of(void* bytes, std::size_t size, void* self) {
        static_cast<Reader*>(self)->add_cell({static_cast<const char*>(bytes), size});
    }
    static void row_of(int, void* self) { static_cast<Reader*>(self)->end_row(); }

    void add_cell(std::string_view cell) {
        if (row_.cells.empty()) row_.line = line_;
        if (cell.size() > import_limits::cell_max) fail(BadRows::Reason::cell_too_long);
        if (row_.cells.size() >= import_limits::columns_max)
            return fail(BadRows::Reason::too_many_columns);
        row_.cells.push_back(trimmed(cell));
    }

    void end_row() {
        const bool blank = std::all_of(row_.cells.begin(), row_.cells.end(),
                                       [](const std::string& cell) { return cell.empty(); });
        if (!blank) rows_.push_back(std::move(row_));
        if (rows_.size() > import_limits::rows_max + 1) fail(BadRows::Reason::too_many_rows);
        row_ = Row{};
    }

    void fail(BadRows::Reason reason) {
        if (!problem_) problem_ = BadRows{line_, reason};
    }

    csv_parser parser_{};
    std::uint32_t line_ = 0;
    Row row_;
    std::vector<Row> rows_;
    std::optional<BadRows> problem_;
};

}  // namespace

std::expected<Rows, BadRows> read_rows(std::string_view text) {
    Reader reader{delimiter_of(text)};
    reader.read(text);
    return reader.take();
}

}  // namespace dutylog::importing
