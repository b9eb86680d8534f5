#include "adapters/cli/width.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <span>

namespace dutylog::cli {

namespace {

/// One character as the terminal sees it: its bytes and its columns.
struct Cell {
    std::size_t bytes = 1;
    std::size_t columns = 0;
};

/// The length of a control sequence `ESC [ … letter` at the start of a text; 0 for anything else.
std::size_t control_length(std::string_view text) {
    if (text.size() < 2 || text[0] != '\x1b' || text[1] != '[') return 0;
    std::size_t end = 2;
    while (end < text.size() && (text[end] < '@' || text[end] > '~')) ++end;
    return end < text.size() ? end + 1 : 0;
}

Cell first_cell(std::string_view text) {
    if (const std::size_t control = control_length(text)) return {control, 0};
    utf8proc_int32_t point = 0;
    const auto bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                        static_cast<utf8proc_ssize_t>(text.size()), &point);
    if (bytes <= 0) return {1, 1};  // not UTF-8: a terminal shows one mark of its own
    const int columns = utf8proc_charwidth(point);
    return {static_cast<std::size_t>(bytes), static_cast<std::size_t>(columns < 0 ? 0 : columns)};
}

bool among(std::string_view character, std::span<const std::string_view> marks) {
    return std::find(marks.begin(), marks.end(), character) != marks.end();
}

/// Marks that close something stay with what they close.
bool stays_behind(std::string_view character) {
    static constexpr std::string_view closing[] = {"，", "。", "；", "：", "、", "）", "》",
                                                   "〕", "」", "”",  "！", "？", "】"};
    return among(character, closing);
}

/// Marks that open something stay with what they open.
bool stays_before(std::string_view character) {
    static constexpr std::string_view opening[] = {"（", "《", "〔", "「", "【", "“"};
    return among(character, opening);
}

/// A text in parts that are never broken: words with the blanks after them, and wide characters.
std::vector<std::string_view> unbroken_parts(std::string_view text) {
    std::vector<std::string_view> parts;
    std::size_t start = 0;
    std::size_t at = 0;
    bool opened = false;
    const auto end_part = [&](std::size_t end) {
        if (end > start) parts.push_back(text.substr(start, end - start));
        start = end;
    };
    while (at < text.size()) {
        const Cell cell = first_cell(text.substr(at));
        const std::string_view character = text.substr(at, cell.bytes);
        const bool wide = cell.columns == 2;
        if (wide && !opened && !stays_behind(character)) end_part(at);
        at += cell.bytes;
        opened = stays_before(character);
        const bool ends = wide && !opened && at < text.size() && !stays_behind(text.substr(at, 3));
        if (ends || character == " ") end_part(at);
    }
    end_part(text.size());
    return parts;
}

std::string_view without_end_blanks(std::string_view text) {
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const Cell cell = first_cell(text);
        columns += cell.columns;
        text.remove_prefix(cell.bytes);
    }
    return columns;
}

std::string cut_to(std::string_view text, std::size_t columns) {
    if (display_width(text) <= columns) return std::string{text};
    std::size_t used = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const Cell cell = first_cell(text.substr(at));
        if (used + cell.columns + 1 > columns) break;
        used += cell.columns;
        at += cell.bytes;
    }
    return std::string{text.substr(0, at)} + "…";
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines;
    std::string line;
    for (const std::string_view part : unbroken_parts(text)) {
        const std::size_t wanted = display_width(without_end_blanks(part));
        if (!line.empty() && display_width(line) + wanted > columns) {
            lines.emplace_back(without_end_blanks(line));
            line.clear();
        }
        line += part;
    }
    lines.emplace_back(without_end_blanks(line));
    return lines;
}

}  // namespace dutylog::cli
