#include "engine/definition/csv.hpp"

#include "engine/definition/yaml.hpp"

namespace dutylog::definition {

namespace {

class CsvReader {
public:
    CsvReader(const SourceFile& file, Diagnostics& out)
        : file_{file}, out_{out}, text_{file.text}, at_{bom_length(file.text)} {}

    std::optional<CsvText> read() {
        read_legend();
        while (at_ < text_.size() && !too_many()) {
            const std::optional<CsvRow> row = read_row();
            if (!row) return csv_.header.cells.empty() ? std::nullopt : std::optional{csv_};
            if (row->cells.size() == 1 && row->cells[0].text.empty()) continue;
            take(*row);
        }
        if (csv_.header.cells.empty()) {
            out_.add("DL0503", span(0, 0), {{"name", "@a-header-row"}});
            return std::nullopt;
        }
        return std::move(csv_);
    }

private:
    SourceSpan span(std::size_t from, std::size_t to) const {
        return {file_.path, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)};
    }
    Cell cell(std::size_t from, std::size_t to) const {
        while (from < to && text_[from] == ' ') ++from;
        while (to > from && (text_[to - 1] == ' ' || text_[to - 1] == '\r')) --to;
        return {std::string{text_.substr(from, to - from)}, static_cast<std::uint32_t>(from),
                static_cast<std::uint32_t>(to)};
    }

    void read_legend() {
        while (at_ < text_.size()) {
            const std::size_t end = std::min(text_.find('\n', at_), text_.size());
            const bool blank = cell(at_, end).text.empty();
            if (text_[at_] != '#' && !blank) return;
            const std::size_t colon = text_.find(':', at_);
            if (!blank && colon < end)
                csv_.legend.push_back({cell(at_ + 1, colon), cell(colon + 1, end)});
            at_ = std::min(end + 1, text_.size());
            ++line_;
        }
    }

    bool too_many() {
        if (csv_.rows.size() < CsvLimits::rows_max) return false;
        out_.add("DL0504", span(at_, at_),
                 {{"limit", std::to_string(CsvLimits::rows_max)}, {"what", "@rows"}});
        return true;
    }

    /// @returns nothing where quotes are wrong, so that no later cell can be trusted
    std::optional<CsvRow> read_row() {
        CsvRow row{line_, {}};
        while (true) {
            auto cell = at_ < text_.size() && text_[at_] == '"' ? quoted() : plain();
            if (!cell) return std::nullopt;
            row.cells.push_back(std::move(*cell));
            if (at_ >= text_.size()) return row;
            const char end = text_[at_++];
            if (end == ',') continue;
            if (end == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
            ++line_;
            return row;
        }
    }

    std::optional<Cell> plain() {
        const std::size_t from = at_;
        const std::size_t end = std::min(text_.find_first_of(",\n\"", at_), text_.size());
        if (end < text_.size() && text_[end] == '"') {
            out_.add("DL0501", span(end, end + 1));
            return std::nullopt;
        }
        at_ = end;
        std::size_t to = end;
        if (to > from && text_[to - 1] == '\r' && (to == text_.size() || text_[to] == '\n')) --to;
        return Cell{std::string{text_.substr(from, to - from)}, static_cast<std::uint32_t>(from),
                    static_cast<std::uint32_t>(to)};
    }

    std::optional<Cell> quoted() {
        const std::size_t open = at_++;
        Cell cell;
        cell.from = static_cast<std::uint32_t>(at_);
        while (true) {
            const std::size_t quote = text_.find('"', at_);
            if (quote == std::string_view::npos) {
                out_.add("DL0501", span(open, open + 1));
                return std::nullopt;
            }
            for (std::size_t i = at_; i < quote; ++i)
                if (text_[i] == '\n') ++line_;
            cell.text += text_.substr(at_, quote - at_);
            at_ = quote + 1;
            if (at_ >= text_.size() || text_[at_] != '"') {
                cell.to = static_cast<std::uint32_t>(quote);
                break;
            }
            cell.text += '"';
            ++at_;
        }
        const bool ends = at_ >= text_.size() || text_[at_] == ',' || text_[at_] == '\n' ||
                          text_.substr(at_).starts_with("\r\n");
        if (!ends) {
            out_.add("DL0501", span(at_, at_ + 1));
            return std::nullopt;
        }
        return cell;
    }

    void take(CsvRow row) {
        if (csv_.header.cells.empty()) {
            if (row.cells.size() > CsvLimits::columns_max)
                out_.add("DL0504", span(row.cells[0].from, row.cells[0].to),
                         {{"limit", std::to_string(CsvLimits::columns_max)}, {"what", "@columns"}});
            csv_.header = std::move(row);
            return;
        }
        if (row.cells.size() != csv_.header.cells.size()) {
            if (out_.all().size() < CsvLimits::problems_max)
                out_.add("DL0502", span(row.cells.front().from, row.cells.back().to),
                         {{"found", std::to_string(row.cells.size())},
                          {"wanted", std::to_string(csv_.header.cells.size())}});
            return;
        }
        csv_.rows.push_back(std::move(row));
    }

    const SourceFile& file_;
    Diagnostics& out_;
    std::string_view text_;
    std::size_t at_;
    std::uint32_t line_ = 1;
    CsvText csv_;
};

}  // namespace

std::optional<CsvText> read_csv(const SourceFile& file, Diagnostics& out) {
    if (!check_bytes(file, CsvLimits::bytes_max, out)) return std::nullopt;
    return CsvReader{file, out}.read();
}

}  // namespace dutylog::definition
