#include "engine/log/utf8.hpp"

namespace dutylog::log {

namespace {

constexpr std::uint32_t ill_formed = 0xffffffff;

/// Takes one character off the front.
std::uint32_t next(std::string_view& text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    const std::size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    if ((first >= 0x80 && first < 0xc2) || first > 0xf4 || text.size() < size) return ill_formed;
    std::uint32_t letter = size == 1 ? first : first & (0x7fU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return ill_formed;
        letter = letter << 6 | (byte(i) & 0x3fU);
    }
    constexpr std::uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (letter < smallest[size] || letter > 0x10ffff || (letter >= 0xd800 && letter < 0xe000))
        return ill_formed;
    text.remove_prefix(size);
    return letter;
}

/// The property White_Space of Unicode.
bool is_space(std::uint32_t c) {
    return c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

}  // namespace

bool detail::is_utf8_beyond_ascii(std::string_view text) {
    while (!text.empty())
        if (next(text) == ill_formed) return false;
    return true;
}

bool has_space_or_control(std::string_view text) {
    while (!text.empty()) {
        const std::uint32_t letter = next(text);
        if (letter == ill_formed || letter < 0x20 || is_space(letter)) return true;
    }
    return false;
}

}  // namespace dutylog::log
