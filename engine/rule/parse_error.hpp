#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/rule/expression.hpp"

namespace dutylog::rule {

/// What is wrong with the text of an expression.
enum class ParseCode : std::uint8_t {
    empty,             ///< no expression at all
    unexpected_token,  ///< something else belongs here
    unclosed,          ///< a parenthesis, bracket or quotation mark has no partner
    bad_character,     ///< a character that has no meaning outside quotation marks
    bad_text,          ///< inside quotation marks: an unknown escape, a control character, no UTF-8
    bad_number,        ///< too large, too many places, or a period that is no whole number
    bad_date,          ///< no such day, or not written YYYY-MM-DD
    unknown_unit,      ///< the library declares no such unit
    unknown_method,    ///< no such method of a list
    wrong_arguments,   ///< a method is written with other arguments
    chained_comparison,  ///< `a < b < c`
    too_long,            ///< more bytes than `text_size_max`
    too_deep,            ///< nested deeper than `depth_max`
    too_large,           ///< more parts than `nodes_max`
};

/// What belongs at the place of the error.
enum class Expected : std::uint8_t {
    nothing_special,
    value,  ///< a name, a number, a text, an expression in parentheses …
    name,
    operation_or_end,
    symbol,          ///< `ParseError::symbol`
    no_arguments,    ///< `xs.first()`
    name_and_value,  ///< `xs.filter(x, …)`
    whole_number,
    smaller_number,  ///< of at most 9 decimal places and 18 digits; a period counts to 10,000
};

/// Why a text is no expression. Codes and data only: whoever shows it chooses the language.
struct ParseError {
    ParseCode code = ParseCode::unexpected_token;
    Span span{};
    Expected expected = Expected::nothing_special;
    std::string symbol{};      ///< the symbol expected, e.g. `)`
    std::string found{};       ///< as written; empty at the end of the text
    std::string suggestion{};  ///< what to write instead; may be empty
};

/// One English sentence.
std::string to_string(const ParseError& error);

}  // namespace dutylog::rule
