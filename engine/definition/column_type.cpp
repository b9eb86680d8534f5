#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "engine/definition/table_reader.hpp"

namespace dutylog::definition {

using rule::Kind;
using rule::Type;

namespace {

/// A number of more digits is a name made of digits.
constexpr std::size_t integer_digits_max = 15;

bool is_integer(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    const bool digits = !text.empty() && text.size() <= integer_digits_max &&
                        std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return digits && (text == "0" || text.front() != '0');
}

/// A decimal in its ordinary form: with a leading zero or very many digits it is a name.
bool is_decimal(std::string_view text) {
    if (!parse_decimal(text) || text.size() > integer_digits_max) return false;
    if (text.starts_with('-')) text.remove_prefix(1);
    return !text.starts_with('0') || text == "0" || text.starts_with("0.");
}

/// `12 mg/m3` with a unit of the library.
std::optional<Quantity> quantity_of(std::string_view text, const std::vector<std::string>& units) {
    const std::size_t blank = text.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const std::string_view unit = text.substr(blank + 1);
    if (std::ranges::find(units, unit) == units.end()) return std::nullopt;
    const auto amount = parse_decimal(text.substr(0, blank));
    return amount ? std::optional{Quantity{*amount, std::string{unit}}} : std::nullopt;
}

/// Whether two different texts are one number, as 5.1 and 5.10: then they are names of sections.
bool numbers_collide(const std::vector<std::string_view>& cells) {
    std::map<std::string, std::string_view> seen;
    for (const std::string_view cell : cells) {
        const auto number = parse_decimal(cell);
        if (!number) continue;
        const auto [first, fresh] = seen.emplace(to_string(*number), cell);
        if (!fresh && first->second != cell) return true;
    }
    return false;
}

Type plain(Kind kind) {
    Type type;
    type.kind = kind;
    return type;
}

}  // namespace

Type type_of_cells(const std::vector<std::string_view>& cells,
                   const std::vector<std::string>& units) {
    std::vector<std::string_view> filled;
    for (const std::string_view cell : cells)
        if (!cell.empty()) filled.push_back(cell);
    const auto all = [&](auto test) {
        return !filled.empty() && std::ranges::all_of(filled, test);
    };
    Type type = plain(Kind::text);
    if (all([](std::string_view c) { return c == "true" || c == "false"; }))
        type = plain(Kind::truth);
    else if (all([](std::string_view c) { return parse_civil_date(c).has_value(); }))
        type = plain(Kind::date);
    else if (all([](std::string_view c) { return parse_period(c).has_value(); }))
        type = plain(Kind::period);
    else if (all(is_integer))
        type = plain(Kind::integer);
    else if (all(is_decimal) && !numbers_collide(filled))
        type = plain(Kind::decimal);
    else if (all([&](std::string_view c) { return quantity_of(c, units).has_value(); })) {
        type = plain(Kind::quantity);
        type.unit = quantity_of(filled.front(), units)->unit;
        const auto same = [&](std::string_view c) {
            return quantity_of(c, units)->unit == type.unit;
        };
        if (!std::ranges::all_of(filled, same)) type.unit.clear();
    }
    type.optional = filled.size() < cells.size() || cells.empty();
    return type;
}

Value value_of_cell(std::string_view cell, const Type& type) {
    if (cell.empty()) return {};
    switch (type.kind) {
        case Kind::truth:
            return cell == "true";
        case Kind::date:
            return *parse_civil_date(cell);
        case Kind::period:
            return *parse_period(cell);
        case Kind::decimal:
            return *parse_decimal(cell);
        case Kind::integer: {
            std::int64_t number = 0;
            std::from_chars(cell.data(), cell.data() + cell.size(), number);
            return number;
        }
        case Kind::quantity: {
            const std::size_t blank = cell.find(' ');
            return Quantity{*parse_decimal(cell.substr(0, blank)),
                            std::string{cell.substr(blank + 1)}};
        }
        default:
            return cell;
    }
}

}  // namespace dutylog::definition
