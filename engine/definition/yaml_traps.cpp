#include "engine/definition/yaml_traps.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

namespace dutylog::definition {

namespace {

constexpr std::string_view wide_colon = "：";
constexpr std::string_view wide_comma = "，";

bool is_word_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
}

std::size_t word_length(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && is_word_letter(text[length])) ++length;
    return length;
}

std::string_view without_blanks(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

/// A full-width mark where only a half-width one can be meant: after a leading word, or before a
/// word and a colon.
struct WideMark {
    std::size_t at = 0;
    bool colon = false;
};

std::optional<WideMark> wide_mark_in(std::string_view text) {
    if (const std::size_t word = word_length(text);
        word > 0 && text.substr(word).starts_with(wide_colon))
        return WideMark{word, true};
    for (std::size_t at = text.find(wide_comma); at != std::string_view::npos;
         at = text.find(wide_comma, at + 1)) {
        std::string_view rest = without_blanks(text.substr(at + wide_comma.size()));
        const std::size_t word = word_length(rest);
        rest.remove_prefix(word);
        if (word > 0 && (rest.starts_with(':') || rest.starts_with(wide_colon)))
            return WideMark{at, false};
    }
    return std::nullopt;
}

void add_wide(const SourceFile& file, std::uint32_t at, bool colon, Diagnostics& out) {
    const std::string_view found = colon ? wide_colon : wide_comma;
    out.add("DL0014", {file.path, at, at + static_cast<std::uint32_t>(found.size())},
            {{"found", std::string{found}}, {"wanted", colon ? ":" : ","}});
}

bool report_wide(const SourceFile& file, const Node& scalar, Diagnostics& out) {
    if (!scalar.is_plain()) return false;
    const auto mark = wide_mark_in(scalar.text);
    if (!mark) return false;
    add_wide(file, scalar.located().at(static_cast<std::uint32_t>(mark->at)), mark->colon, out);
    return true;
}

bool has_colon_after(const SourceFile& file, const Node& key) {
    std::size_t at = key.to;
    const auto skip = [&] {
        return at < file.text.size() &&
               (file.text[at] == ' ' || file.text[at] == '"' || file.text[at] == '\'');
    };
    while (skip()) ++at;
    return at < file.text.size() && file.text[at] == ':';
}

/// `en:Maintenance` in braces is taken apart, as it was meant.
void part_at_colon(Entry& entry, std::size_t colon) {
    Node& key = entry.key;
    const auto offset = static_cast<std::uint32_t>(colon);
    entry.value = key;
    entry.value.text = key.text.substr(colon + 1);
    entry.value.from = key.located().at(offset + 1);
    entry.value.offsets.clear();
    key.text.resize(colon);
    key.to = key.located().at(offset);
    key.offsets.clear();
}

/// @returns whether the entry is broken
bool report_entry(const SourceFile& file, const Node& mapping, Entry& entry, Diagnostics& out) {
    const bool bare = entry.value.kind == Node::Kind::empty && !has_colon_after(file, entry.key);
    if (!bare || mapping.style != Node::Style::flow) return report_wide(file, entry.key, out);
    if (report_wide(file, entry.key, out)) return true;
    const SourceSpan where{file.path, entry.key.from, entry.key.to};
    const std::size_t colon = entry.key.text.find(':');
    if (!entry.key.is_plain() || colon == std::string::npos || colon == 0) {
        out.add("DL0016", where, {{"name", entry.key.text}});
        return true;
    }
    part_at_colon(entry, colon);
    out.add("DL0015", where, {{"name", entry.key.text}, {"value", entry.value.text}});
    return false;
}

void visit(const SourceFile& file, Node& node, Diagnostics& out) {
    if (report_wide(file, node, out)) return;
    for (Node& item : node.items) visit(file, item, out);
    std::erase_if(node.entries, [&](Entry& entry) { return report_entry(file, node, entry, out); });
    for (Entry& entry : node.entries) visit(file, entry.value, out);
}

/// `owner:EQ` or `- owner:EQ` at the start of a line.
bool report_tight_colon(const SourceFile& file, std::uint32_t start, std::string_view line,
                        Diagnostics& out) {
    std::size_t at = line.find_first_not_of(" -");
    if (at == std::string_view::npos) return false;
    const std::size_t word = word_length(line.substr(at));
    const std::string_view rest = line.substr(at + word);
    if (word == 0 || rest.size() < 2 || rest[0] != ':' || rest[1] == ' ' || rest[1] == '\r')
        return false;
    const auto from = start + static_cast<std::uint32_t>(at);
    out.add("DL0015", {file.path, from, from + static_cast<std::uint32_t>(word) + 1},
            {{"name", std::string{line.substr(at, word)}},
             {"value", std::string{without_blanks(rest.substr(1))}}});
    return true;
}

bool report_wide_line(const SourceFile& file, std::uint32_t start, std::string_view line,
                      Diagnostics& out) {
    for (std::size_t at = 0; at < line.size(); ++at) {
        const bool word_starts = at == 0 || !is_word_letter(line[at - 1]);
        if (!word_starts) continue;
        const auto mark = wide_mark_in(line.substr(at));
        if (!mark) continue;
        add_wide(file, start + static_cast<std::uint32_t>(at + mark->at), mark->colon, out);
        return true;
    }
    return false;
}

}  // namespace

bool check_characters(const SourceFile& file, Diagnostics& out) {
    bool good = true;
    const std::string_view text = file.text;
    for (std::size_t at = bom_length(text); at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const auto from = static_cast<std::uint32_t>(at);
        if (text.substr(at).starts_with("\xEF\xBB\xBF"))
            out.add("DL0002", {file.path, from, from + 3}, {{"found", "U+FEFF"}});
        else if ((byte < 0x20 && byte != '\n' && byte != '\t' &&
                  (byte != '\r' || !text.substr(at).starts_with("\r\n"))) ||
                 byte == 0x7F)
            out.add("DL0021", {file.path, from, from + 1},
                    {{"byte", fmt::format("U+{:04X}", byte)}});
        else
            continue;
        good = false;
        if (out.all().size() >= YamlLimits::problems_max) break;
    }
    return good;
}

bool report_tabs(const SourceFile& file, Diagnostics& out) {
    const LineMap lines{file.text};
    for (std::uint32_t number = 1; number <= lines.line_count(); ++number) {
        const std::string_view line = lines.line(number);
        const std::size_t first = line.find_first_not_of(" \t");
        const std::size_t tab = line.find('\t');
        if (first == std::string_view::npos || line[first] == '#' || tab > first) continue;
        const std::uint32_t from = lines.line_start(number) + static_cast<std::uint32_t>(tab);
        out.add("DL0005", {file.path, from, from + 1});
        return true;
    }
    return false;
}

bool report_directive(const SourceFile& file, Diagnostics& out) {
    const LineMap lines{file.text};
    for (std::uint32_t number = 1; number <= lines.line_count(); ++number) {
        std::string_view line = lines.line(number);
        if (number == 1) line.remove_prefix(bom_length(line));
        if (without_blanks(line).empty() || line.starts_with('#')) continue;
        if (!line.starts_with('%')) return false;
        const std::uint32_t from = lines.line_start(number);
        out.add("DL0020", {file.path, from, from + static_cast<std::uint32_t>(line.size())});
        return true;
    }
    return false;
}

bool report_trap_near(const SourceFile& file, const LineMap& lines, std::uint32_t line,
                      Diagnostics& out) {
    const std::uint32_t first = line > 2 ? line - 2 : 1;
    for (std::uint32_t number = line; number >= first; --number) {
        const std::uint32_t start = lines.line_start(number);
        if (report_wide_line(file, start, lines.line(number), out) ||
            report_tight_colon(file, start, lines.line(number), out))
            return true;
    }
    return false;
}

void report_traps(const SourceFile& file, Node& root, Diagnostics& out) { visit(file, root, out); }

std::vector<Comment> comments_of(std::string_view text, const std::vector<ScalarPlace>& scalars) {
    std::vector<Comment> comments;
    std::size_t next = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        while (next < scalars.size() && scalars[next].to <= at) ++next;
        if (text[at] != '#') continue;
        if (next < scalars.size() && scalars[next].from <= at) continue;
        if (at > 0 && text[at - 1] != ' ' && text[at - 1] != '\t' && text[at - 1] != '\n') continue;
        const std::size_t end = std::min(text.find('\n', at), text.size());
        comments.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end),
                            std::string{without_blanks(text.substr(at + 1, end - at - 1))}});
        at = end;
    }
    return comments;
}

}  // namespace dutylog::definition
