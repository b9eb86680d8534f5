#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dutylog::rule {

/// How many letters must be changed, left out, put in or swapped with their neighbour to make `b`
/// out of `a` (optimal string alignment, counted in characters).
std::size_t edit_distance(std::string_view a, std::string_view b);

/// "Did you mean": the candidates within two edits of `word` (one for words of two
/// or three letters, none for one), the nearest first, then in alphabetical order.
/// @returns at most three
std::vector<std::string> suggestions(std::string_view word,
                                     std::span<const std::string> candidates);

}  // namespace dutylog::rule
