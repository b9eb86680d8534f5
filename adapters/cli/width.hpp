#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dutylog::cli {

/// Columns a text takes on a terminal: 2 for a Chinese character, 0 for a combining mark, none for
/// control sequences of colour. @see Unicode Standard Annex 11
std::size_t display_width(std::string_view text);

/// Cut to at most `columns`, with `…` at the end where something was left out.
std::string cut_to(std::string_view text, std::size_t columns);

/// Broken into lines of at most `columns`: at blanks, and between Chinese characters. A word that
/// is longer than a line gets a line of its own.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

}  // namespace dutylog::cli
