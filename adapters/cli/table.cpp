#include "adapters/cli/table.hpp"

#include <algorithm>

#include "adapters/cli/width.hpp"

namespace dutylog::cli {

namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t last_column_min = 20;

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t used = display_width(text);
    return text + std::string(width > used ? width - used : 0, ' ');
}

}  // namespace

void Table::add(std::vector<std::string> cells, Tone tone) {
    cells.resize(heads_.size());
    rows_.push_back({std::move(cells), tone});
}

std::vector<std::size_t> Table::widths(const Console& console) const {
    std::vector<std::size_t> widths;
    for (const Phrase& head : heads_) widths.push_back(display_width(console.say(head)));
    for (const Row& row : rows_)
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            widths[i] = std::max(widths[i], display_width(row.cells[i]));
    return widths;
}

void Table::print(Console& console) const {
    const std::vector<std::size_t> columns = widths(console);
    std::size_t before_last = 0;
    for (std::size_t i = 0; i + 1 < columns.size(); ++i) before_last += columns[i] + gap;
    const std::size_t room = console.columns() > before_last + last_column_min
                                 ? console.columns() - before_last
                                 : last_column_min;
    const auto put = [&](const std::vector<std::string>& cells, Tone tone) {
        std::string line;
        for (std::size_t i = 0; i + 1 < cells.size(); ++i)
            line += padded(cells[i], columns[i] + gap);
        for (const std::string& part : wrapped(cells.back(), room)) {
            std::string text = line + part;
            while (!text.empty() && text.back() == ' ') text.pop_back();
            console.line(console.paint(tone, text));
            line.assign(before_last, ' ');
        }
    };
    std::vector<std::string> heads;
    for (const Phrase& head : heads_) heads.push_back(console.say(head));
    put(heads, Tone::faint);
    for (const Row& row : rows_) put(row.cells, row.tone);
}

}  // namespace dutylog::cli
