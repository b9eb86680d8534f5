#include "engine/definition/expression_scope.hpp"
#include "engine/definition/reading.hpp"
#include "engine/rule/parser.hpp"

/// Expressions, selectors and types inside YAML texts.
namespace dutylog::definition {

namespace {

using rule::ParseCode;

std::string_view code_of(ParseCode code) {
    switch (code) {
        case ParseCode::empty:
            return "DL0201";
        case ParseCode::unexpected_token:
            return "DL0202";
        case ParseCode::unclosed:
            return "DL0203";
        case ParseCode::bad_character:
            return "DL0204";
        case ParseCode::bad_number:
            return "DL0205";
        case ParseCode::bad_date:
            return "DL0206";
        case ParseCode::bad_text:
            return "DL0207";
        case ParseCode::unknown_unit:
            return "DL0208";
        case ParseCode::unknown_method:
            return "DL0209";
        case ParseCode::wrong_arguments:
            return "DL0210";
        case ParseCode::chained_comparison:
            return "DL0211";
        default:
            return "DL0212";
    }
}

std::string expected_term(const rule::ParseError& error) {
    switch (error.expected) {
        case rule::Expected::nothing_special:
            return "@something-else";
        case rule::Expected::value:
            return "@a-value";
        case rule::Expected::name:
            return "@a-name";
        case rule::Expected::operation_or_end:
            return "@an-operation-or-the-end";
        case rule::Expected::symbol:
            return "`" + error.symbol + "`";
        case rule::Expected::no_arguments:
            return "@no-arguments";
        case rule::Expected::name_and_value:
            return "@a-name-and-an-expression";
        case rule::Expected::whole_number:
            return "@a-whole-number";
        case rule::Expected::smaller_number:
            return "@fewer-digits";
    }
    return {};
}

std::string limit_of(ParseCode code) {
    switch (code) {
        case ParseCode::too_long:
            return std::to_string(rule::text_size_max);
        case ParseCode::too_deep:
            return std::to_string(rule::depth_max);
        default:
            return std::to_string(rule::nodes_max);
    }
}

std::string_view limit_term(ParseCode code) {
    switch (code) {
        case ParseCode::too_long:
            return "@bytes";
        case ParseCode::too_deep:
            return "@levels";
        default:
            return "@parts";
    }
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\n')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n')) text.remove_suffix(1);
    return text;
}

struct PlainType {
    std::string_view word;
    rule::Kind kind;
};
constexpr PlainType plain_types[]{
    {"text", rule::Kind::text},       {"integer", rule::Kind::integer},
    {"decimal", rule::Kind::decimal}, {"quantity", rule::Kind::quantity},
    {"date", rule::Kind::date},       {"instant", rule::Kind::instant},
    {"period", rule::Kind::period},   {"truth", rule::Kind::truth},
};

rule::Type type_of_words(std::string_view words) {
    rule::Type type;
    for (const PlainType& plain : plain_types)
        if (plain.word == words) {
            type.kind = plain.kind;
            return type;
        }
    if (words.starts_with("quantity ")) {
        type.kind = rule::Kind::quantity;
        type.unit = trimmed(words.substr(9));
        return type;
    }
    if (words.starts_with("ref ")) {
        type.kind = rule::Kind::reference;
        type.name = trimmed(words.substr(4));
        return type;
    }
    if (words.starts_with("list of ")) {
        type.kind = rule::Kind::list;
        type.element = std::make_shared<const rule::Type>(type_of_words(trimmed(words.substr(8))));
        return type;
    }
    type.kind = rule::Kind::any;  // a name, or a mistake: the checker knows
    type.name = words;
    return type;
}

rule::Type enumeration_of(Reading& reading, const Node& node, const std::string& path) {
    rule::Type type;
    type.kind = rule::Kind::enumeration;
    if (node.is_scalar()) {
        reading.mark(path, node);
        type.name = node.text;
    } else {
        type.words = read_words(reading, node, path);
    }
    return type;
}

}  // namespace

void add_parse_error(Reading& reading, const rule::ParseError& error, const Located& at) {
    const Located where = at.part(error.span.from, error.span.to - error.span.from);
    SourceSpan span = reading.span(where);
    if (span.from >= span.to && span.from > at.from && error.found.empty()) span.to = span.from;
    Diagnostic& problem = reading.out.add(code_of(error.code), span);
    problem.with("found", error.found.empty() ? "@the-end" : "`" + error.found + "`");
    problem.with("expected", expected_term(error)).with("symbol", error.symbol);
    problem.with("limit", limit_of(error.code)).with("unit", limit_term(error.code));
    if (!error.suggestion.empty()) problem.with("suggestion", error.suggestion);
}

rule::ExpressionPtr read_expression(Reading& reading, std::string_view text, const Located& at,
                                    const std::string& path) {
    reading.places.set(path, at);
    auto parsed = rule::parse(text, {.units = reading.units});
    if (!parsed) {
        add_parse_error(reading, parsed.error(), at);
        return nullptr;
    }
    return std::make_shared<const rule::Expression>(std::move(*parsed));
}

rule::ExpressionPtr read_expression(Reading& reading, const Node& node, const std::string& path) {
    if (!want_scalar(reading, node, "@an-expression")) return nullptr;
    return read_expression(reading, node.text, node.located(), path);
}

FactMatch read_match(Reading& reading, const Node& node, const std::string& path) {
    FactMatch match;
    if (!want_scalar(reading, node, "@a-name")) return match;
    const std::string& text = node.text;
    const Located at = node.located();
    const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
    match.fact = text.substr(0, end);
    reading.places.set(path, at.part(0, end));
    const std::size_t next = text.find_first_not_of(" \n", end);
    if (next == std::string::npos) return match;
    const bool where = text.compare(next, 5, "where") == 0 &&
                       (next + 5 == text.size() || text[next + 5] == ' ' || text[next + 5] == '\n');
    if (!where) {
        reading.out.add("DL0147", reading.span(at.part(next, text.size() - next)),
                        {{"name", text.substr(next)}});
        return match;
    }
    const std::size_t begin = std::min(text.find_first_not_of(" \n", next + 5), text.size());
    match.where = read_expression(reading, std::string_view{text}.substr(begin),
                                  at.part(begin, text.size() - begin), path + "/where");
    return match;
}

rule::Type read_type(Reading& reading, const Node& node, const std::string& path) {
    if (node.is_mapping()) {
        if (const Node* words = node.find("one_of")) return enumeration_of(reading, *words, path);
        if (const Node* type = node.find("type")) return read_type(reading, *type, path);
        reading.mark(path, node);
        reading.out.add("DL0146", reading.span(node), {{"name", ""}});
        return plain_type(rule::Kind::any);
    }
    if (!want_scalar(reading, node, "@a-type")) return plain_type(rule::Kind::any);
    reading.mark(path, node);
    return type_of_words(trimmed(node.text));
}

}  // namespace dutylog::definition
