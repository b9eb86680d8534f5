#include "engine/rule/type.hpp"

#include <algorithm>

namespace dutylog::rule {

namespace {

constexpr std::size_t words_shown_max = 8;

std::string words_of(const Type& type) {
    std::string text = "one of [";
    for (std::size_t i = 0; i < type.words.size(); ++i) {
        if (i > 0) text += ", ";
        if (i == words_shown_max) return text + "…]";
        text += type.words[i];
    }
    return text + "]";
}

std::string record_name(const std::string& name) {
    constexpr std::string_view table = "table:";
    if (name.starts_with(table)) return "row of table " + name.substr(table.size());
    return name.empty() ? "record" : name;
}

std::string plain(const Type& type) {
    switch (type.kind) {
        case Kind::none:
            return "none";
        case Kind::truth:
            return "truth";
        case Kind::integer:
            return "integer";
        case Kind::decimal:
            return "decimal";
        case Kind::quantity:
            return type.unit.empty() ? "quantity" : "quantity " + type.unit;
        case Kind::text:
            return "text";
        case Kind::enumeration:
            return words_of(type);
        case Kind::date:
            return "date";
        case Kind::instant:
            return "instant";
        case Kind::period:
            return "period";
        case Kind::reference:
            return type.name.empty() ? "subject" : type.name;
        case Kind::record:
            return record_name(type.name);
        case Kind::list:
            return type.element ? "list of " + to_string(*type.element) : "list";
        case Kind::any:
            return "anything";
    }
    return {};
}

bool words_within(const Type& found, const Type& wanted) {
    if (!found.name.empty() && found.name == wanted.name) return true;
    return std::ranges::all_of(found.words, [&](const std::string& word) {
        return std::ranges::find(wanted.words, word) != wanted.words.end();
    });
}

bool named_alike(const Type& found, const Type& wanted) {
    return wanted.name.empty() || found.name == wanted.name;
}

bool elements_fit(const Type& found, const Type& wanted) {
    return !found.element || !wanted.element || fits(*found.element, *wanted.element);
}

}  // namespace

bool operator==(const Type& a, const Type& b) {
    const bool elements =
        a.element && b.element ? *a.element == *b.element : a.element == b.element;
    return elements && a.kind == b.kind && a.optional == b.optional && a.name == b.name &&
           a.unit == b.unit && a.words == b.words;
}

std::string to_string(const Type& type) {
    const bool says_none = type.kind == Kind::none || type.kind == Kind::any;
    return plain(type) + (type.optional && !says_none ? " or none" : "");
}

bool fits(const Type& found, const Type& wanted) {
    if (found.kind == Kind::any || wanted.kind == Kind::any) return true;
    if (found.kind == Kind::none) return wanted.optional || wanted.kind == Kind::none;
    if (found.optional && !wanted.optional) return false;
    if (found.kind == Kind::integer && wanted.kind == Kind::decimal) return true;
    if (found.kind == Kind::enumeration && wanted.kind == Kind::text) return true;
    if (found.kind != wanted.kind) return false;
    switch (found.kind) {
        case Kind::quantity:
            return wanted.unit.empty() || found.unit == wanted.unit;
        case Kind::enumeration:
            return words_within(found, wanted);
        case Kind::reference:
        case Kind::record:
            return named_alike(found, wanted);
        case Kind::list:
            return elements_fit(found, wanted);
        default:
            return true;
    }
}

}  // namespace dutylog::rule
