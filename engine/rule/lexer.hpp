#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/value.hpp"
#include "engine/rule/parse_error.hpp"

namespace dutylog::rule {

enum class TokenKind : std::uint8_t { end, name, literal, symbol };

/// One word of an expression. A number with its unit, a period and a date are one literal each.
struct Token {
    TokenKind kind = TokenKind::end;
    Span span;
    std::string text;  ///< a name; a symbol or one of the words and or not in after before
    Value literal;
};

/// Whether the word belongs to the grammar and can be no name: and or not in after before true
/// false none.
bool reserved(std::string_view word);

/// Whether `text` is written like a name of the language, and is not reserved.
bool is_name(std::string_view text);

/// @param units  the units the library declares; the longest that fits is read
/// @returns the tokens, the last of which is `end`
/// @pre text.size() ≤ text_size_max
std::expected<std::vector<Token>, ParseError> tokens_of(std::string_view text,
                                                        std::span<const std::string> units);

}  // namespace dutylog::rule
