#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace dutylog::log {

namespace detail {
bool is_utf8_beyond_ascii(std::string_view text);
}  // namespace detail

/// Well-formed UTF-8 as the Unicode standard defines it: no overlong forms, no surrogates.
inline bool is_utf8(std::string_view text) {
    constexpr std::uint64_t high_bits = 0x8080808080808080;
    std::uint64_t word = 0;
    while (text.size() >= sizeof word) {
        std::memcpy(&word, text.data(), sizeof word);
        if ((word & high_bits) != 0) return detail::is_utf8_beyond_ascii(text);
        text.remove_prefix(sizeof word);
    }
    word = 0;
    if (!text.empty()) std::memcpy(&word, text.data(), text.size());
    return (word & high_bits) == 0 || detail::is_utf8_beyond_ascii(text);
}

/// Whether UTF-8 text holds a character that Unicode calls a space, or an ASCII control character.
/// Ill-formed text counts as holding one.
bool has_space_or_control(std::string_view text);

}  // namespace dutylog::log
