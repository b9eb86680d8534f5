#pragma once

#include <cstddef>
#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "engine/rule/expression.hpp"
#include "engine/rule/parse_error.hpp"

namespace dutylog::rule {

inline constexpr std::size_t text_size_max = 4'096;  ///< bytes
inline constexpr std::size_t depth_max = 32;         ///< parentheses, arguments, after in after
inline constexpr std::size_t nodes_max = 512;

struct ParseOptions {
    std::span<const std::string> units;  ///< declared by the library: `m/s`, `dB`, `%`
};

/// Reads the whole text as one expression (docs/definition-language.md, section 4). Nothing is
/// typed: a step's id (`do.attend`) is a field of a name until it is checked.
std::expected<Expression, ParseError> parse(std::string_view text, const ParseOptions& options);

/// An expression at the start of a longer sentence.
struct Part {
    Expression expression;
    std::size_t rest = 0;  ///< where the stop word stands; the size of the text where it does not
};

/// Reads up to `stop_word` standing outside all parentheses, as in `30 days before X until Y`, or
/// to the end.
std::expected<Part, ParseError> parse_part(std::string_view text, std::string_view stop_word,
                                           const ParseOptions& options);

}  // namespace dutylog::rule
