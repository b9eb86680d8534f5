#include "engine/definition/value_reader.hpp"

#include <algorithm>
#include <charconv>

namespace dutylog::definition {

using rule::Kind;
using rule::Type;

namespace {

template <class T>
std::optional<Value> held(std::optional<T> found) {
    return found ? std::optional{Value{*found}} : std::nullopt;
}

std::optional<Value> integer_of(std::string_view text) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [used, failed] = std::from_chars(text.data(), end, number);
    return failed == std::errc{} && used == end ? std::optional{Value{number}} : std::nullopt;
}

std::optional<Value> quantity_of(std::string_view text, const Type& type) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const auto amount = parse_decimal(text.substr(0, blank));
    const std::string unit{text.substr(blank + 1)};
    if (!amount || (!type.unit.empty() && unit != type.unit)) return std::nullopt;
    return Value{Quantity{*amount, unit}};
}

std::optional<Value> truth_of(std::string_view text) {
    if (text == "true") return Value{true};
    if (text == "false") return Value{false};
    return std::nullopt;
}

}  // namespace

std::optional<Value> value_of_text(std::string_view text, const Type& type) {
    switch (type.kind) {
        case Kind::truth:
            return truth_of(text);
        case Kind::integer:
            return integer_of(text);
        case Kind::decimal:
            return held(parse_decimal(text));
        case Kind::quantity:
            return quantity_of(text, type);
        case Kind::date:
            return held(parse_civil_date(text));
        case Kind::instant:
            return held(parse_instant(text));
        case Kind::period:
            return held(parse_period(text));
        case Kind::reference:
            return Value{Reference{type.name, std::string{text}}};
        case Kind::enumeration:
            if (std::ranges::find(type.words, text) == type.words.end()) return std::nullopt;
            return Value{text};
        case Kind::text:
        case Kind::any:
            return Value{text};
        default:
            return std::nullopt;
    }
}

Value read_value(Reading& reading, const Node& node, const Type& type) {
    if (node.kind == Node::Kind::empty || (node.is_plain() && node.text == "none")) return {};
    if (type.kind == Kind::list) {
        List list;
        if (!want_list(reading, node)) return {};
        for (const Node& item : node.items)
            list.push_back(read_value(reading, item, *type.element));
        return list;
    }
    if (!want_scalar(reading, node, "@a-value")) return {};
    if (const auto value = value_of_text(node.text, type)) return *value;
    Type wanted = type;
    wanted.optional = false;
    if (type.kind == Kind::enumeration) {
        add_unknown(reading.out, "DL0223", reading.span(node), node.text, type.words)
            .with("wanted", to_string(wanted));
        return {};
    }
    reading.out.add("DL0225", reading.span(node),
                    {{"wanted", to_string(wanted)}, {"found", "`" + node.text + "`"}});
    return {};
}

}  // namespace dutylog::definition
