#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dutylog::rule {

/// One character of UTF-8 text and the bytes it takes; `size` is 0 where the bytes are no UTF-8.
struct Character {
    char32_t code = 0;
    std::size_t size = 0;
};

/// @pre at < text.size()
Character character_at(std::string_view text, std::size_t at);

/// All characters; a byte that is no UTF-8 stands for itself.
std::u32string characters(std::string_view text);

/// The UTF-8 of one character.
std::string utf8_of(char32_t code);

}  // namespace dutylog::rule
