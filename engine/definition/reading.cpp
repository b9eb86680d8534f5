#include "engine/definition/reading.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "engine/rule/suggest.hpp"

namespace dutylog::definition {

namespace {

/// What a person would call the node; a term of the catalogue.
std::string_view kind_term(const Node& node) {
    switch (node.kind) {
        case Node::Kind::empty:
            return "@nothing";
        case Node::Kind::scalar:
            return "@a-text";
        case Node::Kind::sequence:
            return "@a-list";
        case Node::Kind::mapping:
            return "@a-mapping";
    }
    return "@nothing";
}

void add_shape(Reading& reading, const Node& node, std::string_view wanted) {
    reading.out.add("DL0103", reading.span(node),
                    {{"wanted", std::string{wanted}}, {"found", std::string{kind_term(node)}}});
}

bool is_word_of_truth(std::string_view text) {
    std::string lower{text};
    for (char& letter : lower)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    static constexpr std::array<std::string_view, 6> words{"yes", "no",   "on",
                                                           "off", "true", "false"};
    return std::ranges::find(words, lower) != words.end();
}

/// A decimal whose last zero a reader of numbers drops: `1.10`, `2.0`.
bool loses_zero(std::string_view text) {
    const std::size_t point = text.find('.');
    if (point == std::string_view::npos || point == 0 || !text.ends_with('0')) return false;
    return std::ranges::all_of(text, [](char c) { return c == '.' || (c >= '0' && c <= '9'); }) &&
           text.find('.', point + 1) == std::string_view::npos;
}

void warn_of_traps(Reading& reading, const Node& node) {
    if (!node.is_plain()) return;
    if (is_word_of_truth(node.text))
        reading.out.add(
            "DL0017", reading.span(node),
            {{"found", node.text}, {"wanted", "@a-text"}, {"fix", "\"" + node.text + "\""}});
    else if (loses_zero(node.text))
        reading.out.add("DL0018", reading.span(node), {{"found", node.text}});
}

}  // namespace

Diagnostic& add_unknown(Diagnostics& out, std::string_view code, SourceSpan where,
                        std::string_view word, std::span<const std::string> known) {
    Diagnostic& problem = out.add(code, std::move(where), {{"name", std::string{word}}});
    const auto near = rule::suggestions(word, known);
    if (!near.empty()) problem.with("suggestion", near.front());
    if (near.empty() && !known.empty() && known.size() <= 12) {
        std::string all;
        for (const std::string& one : known) all += (all.empty() ? "" : ", ") + one;
        problem.with("known", all);
    }
    return problem;
}

std::vector<std::string> as_strings(std::span<const std::string_view> words) {
    return {words.begin(), words.end()};
}

bool want_mapping(Reading& reading, const Node& node) {
    if (!node.is_mapping()) add_shape(reading, node, "@a-mapping");
    return node.is_mapping();
}

bool want_list(Reading& reading, const Node& node) {
    if (!node.is_sequence()) add_shape(reading, node, "@a-list");
    return node.is_sequence();
}

bool want_scalar(Reading& reading, const Node& node, std::string_view wanted) {
    if (!node.is_scalar()) add_shape(reading, node, wanted);
    return node.is_scalar();
}

std::string read_text(Reading& reading, const Node& node) {
    if (!want_scalar(reading, node, "@a-text")) return {};
    warn_of_traps(reading, node);
    return node.text;
}

bool is_id(std::string_view text) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (text.empty() || !letter(text.front()) || text.size() > 100) return false;
    return std::ranges::all_of(
        text, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

std::string read_id(Reading& reading, const Node& node) {
    if (!want_scalar(reading, node, "@an-id")) return {};
    warn_of_traps(reading, node);
    if (!is_id(node.text)) reading.out.add("DL0115", reading.span(node), {{"name", node.text}});
    return node.text;
}

Text read_localized(Reading& reading, const Node& node) {
    Text text;
    if (!node.is_mapping()) {
        add_shape(reading, node, "@both-languages");
        return text;
    }
    static const std::vector<std::string> known{"zh-CN", "en"};
    for (const Entry& entry : node.entries) {
        if (entry.key.text == "zh-CN")
            text.zh_cn = read_text(reading, entry.value);
        else if (entry.key.text == "en")
            text.en = read_text(reading, entry.value);
        else
            add_unknown(reading.out, "DL0101", reading.span(entry.key), entry.key.text, known);
    }
    if (text.zh_cn.empty() != text.en.empty())
        reading.out.add("DL0116", reading.span(node),
                        {{"name", text.en.empty() ? "@english" : "@chinese"}});
    return text;
}

bool read_truth(Reading& reading, const Node& node) {
    if (!want_scalar(reading, node, "@a-truth")) return false;
    if (node.is_plain() && (node.text == "true" || node.text == "false"))
        return node.text == "true";
    static constexpr std::array<std::string_view, 4> yes{"yes", "Yes", "YES", "True"};
    const bool meant = std::ranges::find(yes, node.text) != yes.end() || node.text == "on";
    reading.out.add("DL0105", reading.span(node), {{"name", node.text}, {"known", "true, false"}})
        .with("suggestion", meant ? "true" : "false");
    return meant;
}

std::optional<std::int64_t> read_integer(Reading& reading, const Node& node) {
    if (!want_scalar(reading, node, "@a-whole-number")) return std::nullopt;
    std::int64_t value = 0;
    const char* end = node.text.data() + node.text.size();
    const auto [used, failed] = std::from_chars(node.text.data(), end, value);
    if (failed == std::errc{} && used == end && value >= 0 && value <= 1'000'000) return value;
    reading.out.add("DL0103", reading.span(node),
                    {{"wanted", "@a-whole-number"}, {"found", "`" + node.text + "`"}});
    return std::nullopt;
}

std::optional<CivilDate> read_date(Reading& reading, const Node& node) {
    if (!want_scalar(reading, node, "@a-date")) return std::nullopt;
    const auto date = parse_civil_date(node.text);
    if (!date) reading.out.add("DL0402", reading.span(node), {{"name", node.text}});
    return date;
}

std::optional<Period> read_period(Reading& reading, const Node& node) {
    if (!want_scalar(reading, node, "@a-period")) return std::nullopt;
    const auto period = parse_period(node.text);
    if (!period) reading.out.add("DL0401", reading.span(node), {{"name", node.text}});
    return period;
}

std::vector<std::string> read_words(Reading& reading, const Node& node, const std::string& path) {
    reading.mark(path, node);
    std::vector<std::string> words;
    const auto take = [&](const Node& item) {
        if (!want_scalar(reading, item, "@a-text")) return;
        warn_of_traps(reading, item);
        reading.mark(path + "/" + std::to_string(words.size()), item);
        words.push_back(item.text);
    };
    if (node.is_scalar())
        take(node);
    else if (want_list(reading, node))
        for (const Node& item : node.items) take(item);
    return words;
}

std::string read_name(Reading& reading, const Node& node, const std::string& path) {
    if (!want_scalar(reading, node, "@a-name")) return {};
    warn_of_traps(reading, node);
    reading.mark(path, node);
    return node.text;
}

std::string read_word(Reading& reading, const Node& node, const FieldEntry& field) {
    const std::string first = field.words.empty() ? std::string{} : std::string{field.words[0]};
    if (!want_scalar(reading, node, "@a-name")) return first;
    if (field.words.empty() || std::ranges::find(field.words, node.text) != field.words.end())
        return node.text;
    add_unknown(reading.out, "DL0105", reading.span(node), node.text, as_strings(field.words));
    return first;
}

}  // namespace dutylog::definition
