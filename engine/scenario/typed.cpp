#include "engine/scenario/typed.hpp"

#include <charconv>

namespace dutylog::scenario {

using definition::Node;
using rule::Kind;

namespace {

std::unexpected<std::string> expected_but(const std::string& wanted, const std::string& found) {
    return std::unexpected{"expected " + wanted + ", found `" + found + "`"};
}

std::optional<std::int64_t> whole(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// For fields whose type is not known: the plainest reading that fits.
Value guess(const std::string& text) {
    if (text == "true" || text == "false") return text == "true";
    if (const auto date = parse_civil_date(text)) return *date;
    if (const auto at = parse_instant(text)) return *at;
    if (const auto number = whole(text)) return *number;
    if (const auto number = parse_decimal(text)) return *number;
    if (const auto period = parse_period(text)) return *period;
    if (const auto quantity = parse_quantity(text)) return *quantity;
    return text;
}

}  // namespace

std::optional<Quantity> parse_quantity(std::string_view text) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const auto amount = parse_decimal(text.substr(0, blank));
    if (!amount || blank + 1 >= text.size()) return std::nullopt;
    return Quantity{*amount, std::string{text.substr(blank + 1)}};
}

std::expected<Reference, std::string> Typed::subject(const std::string& id) const {
    const std::size_t slash = id.find('/');
    if (slash != std::string::npos) {
        const Reference reference{id.substr(0, slash), id.substr(slash + 1)};
        if (world_.subject(reference) != nullptr) return reference;
        return expected_but("a subject", id);
    }
    for (const auto& [reference, subject] : world_.subjects)
        if (reference.id == id) return reference;
    return expected_but("the id of a subject", id);
}

std::expected<Value, std::string> Typed::scalar(const std::string& text,
                                                const rule::Type& type) const {
    switch (type.kind) {
        case Kind::truth:
            if (text == "true" || text == "false") return Value{text == "true"};
            return expected_but("true or false", text);
        case Kind::integer:
            if (const auto number = whole(text)) return Value{*number};
            return expected_but("a whole number", text);
        case Kind::decimal:
            if (const auto number = parse_decimal(text)) return Value{*number};
            return expected_but("a number", text);
        case Kind::quantity:
            if (const auto quantity = parse_quantity(text)) return Value{*quantity};
            return expected_but("a number with its unit", text);
        case Kind::date:
            if (const auto date = parse_civil_date(text)) return Value{*date};
            return expected_but("a date as 2025-12-05", text);
        case Kind::instant:
            if (const auto at = parse_instant(text)) return Value{*at};
            return expected_but("an instant as 2025-12-05T09:00+08:00", text);
        case Kind::period:
            if (const auto period = parse_period(text)) return Value{*period};
            return expected_but("a period as `15 days`", text);
        case Kind::reference: {
            const std::string wanted = type.name.empty() || text.find('/') != std::string::npos
                                           ? text
                                           : type.name + "/" + text;
            const auto found = subject(wanted);
            if (!found) return std::unexpected{found.error()};
            return Value{*found};
        }
        case Kind::text:
        case Kind::enumeration:
            return Value{text};
        default:
            return guess(text);
    }
}

std::expected<Value, std::string> Typed::value(const Node& node, const rule::Type& type) const {
    if (node.kind == Node::Kind::empty) return Value{};
    if (node.is_sequence()) {
        List list;
        const rule::Type any{Kind::any, true, "", "", {}, nullptr};
        for (const Node& item : node.items) {
            auto element = value(item, type.element == nullptr ? any : *type.element);
            if (!element) return element;
            list.push_back(std::move(*element));
        }
        return Value{std::move(list)};
    }
    if (type.kind == Kind::list && node.is_scalar()) {
        auto one = value(node, *type.element);
        if (!one) return one;
        return Value{List{*one}};
    }
    if (node.is_mapping()) {
        Record record;
        for (const auto& entry : node.entries) {
            auto field = value(entry.value, {Kind::any, true, "", "", {}, nullptr});
            if (!field) return field;
            record.set(entry.key.text, std::move(*field));
        }
        return Value{std::move(record)};
    }
    return scalar(node.text, type);
}

std::expected<Record, std::string> Typed::record(
    const Node& mapping, const std::vector<definition::FieldSpec>& fields) const {
    Record record;
    for (const auto& field : fields) {
        const Node* found = mapping.find(field.id);
        if (found == nullptr) continue;
        auto read = value(*found, field.type);
        if (!read) return std::unexpected{"the field `" + field.id + "`: " + read.error()};
        record.set(field.id, std::move(*read));
    }
    return record;
}

}  // namespace dutylog::scenario
