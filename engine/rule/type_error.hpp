#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/rule/expression.hpp"

namespace dutylog::rule {

/// What is wrong with the meaning of an expression. `name`, `expected` and `found` of the error
/// hold what each says in its comment.
enum class TypeCode : std::uint8_t {
    unknown_name,      ///< `name` is no variable here
    unknown_field,     ///< `found` has no field `name`
    unknown_table,     ///< `name`
    unknown_function,  ///< `name`
    unknown_word,      ///< `name` is none of the words of `expected`
    unquoted_text,     ///< `name` is no variable; a text stands in quotation marks
    wrong_type,        ///< `expected`, `found`
    maybe_none,        ///< `found` may be none where `expected` may not: say `or …`
    unit_mismatch,     ///< quantities of the units `expected` and `found`
    wrong_arguments,   ///< `name` takes `count` arguments
    no_fields,         ///< `found` has no fields (asked for `name`)
    not_a_list,        ///< `found` is asked for the method `name`
    not_comparable,    ///< `expected` and `found` are never equal
    no_order,          ///< `found` has no before and after, or less and more
    no_arithmetic,     ///< `expected` and `found` cannot be added, subtracted, …
    date_and_instant,  ///< one is a date, one an instant: say `date(…)`
    period_plus_date,  ///< say `15 days after D`
    date_minus_date,   ///< say `days(a, b)`
    hours_of_date,     ///< hours and minutes count from an instant, e.g. from `.at`
    no_common_type,    ///< the sides of `or` or `?`, or parts of a list, are `expected` and `found`
    always_true,       ///< warning: the condition says nothing
    always_false,      ///< warning: the condition can never hold
    never_none,        ///< warning: `found` is never none, so this asks nothing
    ambiguous_word,    ///< warning: `name` is read as a word, though a variable has that name
};

enum class Severity : std::uint8_t { error, warning };

/// One problem. Codes and data only: whoever shows it chooses the language.
struct TypeError {
    TypeCode code = TypeCode::wrong_type;
    Severity severity = Severity::error;
    Span span;
    std::string name;
    Type expected;
    Type found;
    std::size_t count = 0;
    std::vector<std::string> suggestions;  ///< what to write instead, the likeliest first
};

/// One English sentence.
std::string to_string(const TypeError& error);

}  // namespace dutylog::rule
