#include "engine/rule/type_error.hpp"

namespace dutylog::rule {

namespace {

std::string quoted(std::string_view text) { return "`" + std::string{text} + "`"; }

std::string pair(const TypeError& error) {
    return to_string(error.expected) + " and " + to_string(error.found);
}

std::string arguments(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

std::string sentence(const TypeError& error) {
    const std::string found = to_string(error.found);
    const std::string name = quoted(error.name);
    switch (error.code) {
        case TypeCode::unknown_name:
            return "nothing here is called " + name;
        case TypeCode::unknown_field:
            return found + " has no field " + name;
        case TypeCode::unknown_table:
            return "there is no table " + name;
        case TypeCode::unknown_function:
            return "there is no function " + name;
        case TypeCode::unknown_word:
            return name + " is not " + to_string(error.expected);
        case TypeCode::unquoted_text:
            return name + " is a text and stands in quotation marks";
        case TypeCode::wrong_type:
            return "expected " + to_string(error.expected) + ", found " + found;
        case TypeCode::maybe_none:
            return "this may be none; say what holds then with `or …`";
        case TypeCode::unit_mismatch:
            return quoted(error.expected.unit) + " and " + quoted(error.found.unit) +
                   " are different units";
        case TypeCode::wrong_arguments:
            return name + " takes " + arguments(error.count);
        case TypeCode::no_fields:
            return found + " has no fields, not even " + name;
        case TypeCode::not_a_list:
            return name + " asks a list, found " + found;
        case TypeCode::not_comparable:
            return pair(error) + " are never equal";
        case TypeCode::no_order:
            return found + " has no order";
        case TypeCode::no_arithmetic:
            return "no arithmetic joins " + pair(error);
        case TypeCode::date_and_instant:
            return "a date and an instant; compare with `date(…)`";
        case TypeCode::period_plus_date:
            return "a period is counted with `after` or `before`";
        case TypeCode::date_minus_date:
            return "the days between two dates are `days(a, b)`";
        case TypeCode::hours_of_date:
            return "hours and minutes count from an instant, not a date";
        case TypeCode::no_common_type:
            return pair(error) + " have nothing in common";
        case TypeCode::always_true:
            return "this is always true";
        case TypeCode::always_false:
            return "this can never be true";
        case TypeCode::never_none:
            return found + " is never none here";
        case TypeCode::ambiguous_word:
            return name + " is read as a word, not as the variable";
    }
    return {};
}

}  // namespace

std::string to_string(const TypeError& error) {
    std::string text = sentence(error);
    for (std::size_t i = 0; i < error.suggestions.size(); ++i)
        text += (i == 0 ? "; did you mean " : " or ") + quoted(error.suggestions[i]);
    return text;
}

}  // namespace dutylog::rule
