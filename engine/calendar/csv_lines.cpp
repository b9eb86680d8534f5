#include "engine/calendar/csv_lines.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <utility>

namespace dutylog::calendar {

namespace {

constexpr std::string_view blanks = " \t";
constexpr std::size_t quoted_bytes_max = 60;

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

/// The length of the UTF-8 sequence `text` begins with; 0 where it is none (Unicode table 3-7).
std::size_t sequence_length(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = at(0);
    if (lead < 0x80) return lead >= 0x20 && lead != 0x7F ? 1 : lead == '\t' ? 1 : 0;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
    const std::uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (at(1) < low || at(1) > high) return 0;
    for (std::size_t i = 2; i < length; ++i)
        if (at(i) < 0x80 || at(i) > 0xBF) return 0;
    return length;
}

bool readable(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

/// Cut at a character, so that a message stays readable.
std::string_view clip(std::string_view text) {
    if (text.size() <= quoted_bytes_max) return text;
    std::size_t end = quoted_bytes_max;
    while (end > 0 && (static_cast<std::uint8_t>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end);
}

/// Takes a `"…"` field off the front. @returns false where the closing quote is missing or followed
/// by anything but a comma or the end
bool take_quoted(std::string_view& rest, std::string& field) {
    rest.remove_prefix(1);
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (rest[i] != '"') {
            field += rest[i];
        } else if (i + 1 < rest.size() && rest[i + 1] == '"') {
            field += rest[i++];
        } else {
            rest = trim(rest.substr(i + 1));
            return rest.empty() || rest.front() == ',';
        }
    }
    return false;
}

Result<std::vector<std::string>> fields_of(std::string_view label, std::size_t number,
                                           std::string_view line) {
    std::vector<std::string> fields;
    std::string_view rest = line;
    for (bool more = true; more;) {
        std::string field;
        rest = trim(rest);
        if (rest.starts_with('"')) {
            if (!take_quoted(rest, field))
                return csv_error(label, number, "a closing \" and then a comma", line);
        } else {
            field = trim(rest.substr(0, rest.find(',')));
            rest.remove_prefix(std::min(rest.find(','), rest.size()));
        }
        if (field.size() > CsvLimits::field_bytes_max)
            return csv_error(label, number,
                             fmt::format("a field of at most {} bytes", CsvLimits::field_bytes_max),
                             field);
        fields.push_back(std::move(field));
        if (fields.size() > CsvLimits::fields_max)
            return csv_error(label, number, fmt::format("at most {} fields", CsvLimits::fields_max),
                             line);
        more = !rest.empty();
        if (more) rest.remove_prefix(1);
    }
    return fields;
}

std::string_view take_line(std::string_view& text) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

}  // namespace

std::unexpected<Rejection> csv_error(std::string_view label, std::size_t line,
                                     std::string_view expected, std::string_view found) {
    const std::string_view shown = clip(found);
    return reject("data_file", fmt::format("{}:{}: expected {}, found {}", label, line, expected,
                                           found.empty() ? std::string{"nothing"}
                                                         : fmt::format("\"{}{}\"", shown,
                                                                       shown == found ? "" : "…")));
}

Result<std::vector<CsvLine>> read_csv_lines(std::string_view label, std::string_view text) {
    if (text.size() > CsvLimits::text_bytes_max)
        return csv_error(label, 1, fmt::format("at most {} bytes", CsvLimits::text_bytes_max),
                         fmt::format("{} bytes", text.size()));
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);  // what spreadsheets write
    std::vector<CsvLine> lines;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = take_line(text);
        if (!readable(line))
            return csv_error(label, number, "UTF-8 text without control characters", "other bytes");
        if (trim(line).empty() || trim(line).starts_with('#')) continue;
        if (lines.size() == CsvLimits::lines_max)
            return csv_error(label, number, fmt::format("at most {} lines", CsvLimits::lines_max),
                             line);
        auto fields = fields_of(label, number, line);
        if (!fields) return std::unexpected{std::move(fields.error())};
        lines.push_back({number, std::move(*fields)});
    }
    return lines;
}

}  // namespace dutylog::calendar
