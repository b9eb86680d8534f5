#pragma once

#include <string>
#include <string_view>

/// Names and titles come from people; here they become text that fits where it is put.
namespace dutylog::notice {

/// One line: every blank, line break and tab is one space, none at the ends; control characters and
/// the marks that turn the direction of writing are left out; what is no UTF-8 becomes U+FFFD.
std::string one_line(std::string_view text);

/// At most so many bytes of UTF-8, cut between characters as a reader sees them (grapheme clusters
/// of UAX 29), with `…` where something was cut. @pre `bytes_max` ≥ 3
std::string clip_bytes(std::string_view text, std::size_t bytes_max);

/// At most so many code points, cut in the same way. @pre `characters_max` ≥ 1
std::string clip_characters(std::string_view text, std::size_t characters_max);

}  // namespace dutylog::notice
