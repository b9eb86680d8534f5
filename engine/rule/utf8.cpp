#include "engine/rule/utf8.hpp"

namespace dutylog::rule {

namespace {

/// How many bytes a character takes that starts with this byte; 0 where none does.
std::size_t size_from(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first < 0xE0) return 2;
    if (first >= 0xE0 && first < 0xF0) return 3;
    return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

/// Refuses longer forms than needed, halves of surrogate pairs and what lies past U+10FFFF.
bool well_formed(char32_t code, std::size_t size) {
    if (size == 3) return code >= 0x800 && (code < 0xD800 || code > 0xDFFF);
    return size != 4 || (code >= 0x10000 && code <= 0x10FFFF);
}

}  // namespace

Character character_at(std::string_view text, std::size_t at) {
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t size = size_from(first);
    if (size == 1) return {first, 1};
    if (size == 0 || at + size > text.size()) return {};
    char32_t code = first & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xC0U) != 0x80U) return {};
        code = (code << 6U) | (byte & 0x3FU);
    }
    return well_formed(code, size) ? Character{code, size} : Character{};
}

std::u32string characters(std::string_view text) {
    std::u32string all;
    for (std::size_t at = 0; at < text.size();) {
        const Character next = character_at(text, at);
        all += next.size > 0 ? next.code : static_cast<unsigned char>(text[at]);
        at += next.size > 0 ? next.size : 1;
    }
    return all;
}

std::string utf8_of(char32_t code) {
    const auto tail = [&](unsigned shift) {
        return static_cast<char>(0x80U | ((code >> shift) & 0x3FU));
    };
    if (code < 0x80) return {static_cast<char>(code)};
    if (code < 0x800) return {static_cast<char>(0xC0U | (code >> 6U)), tail(0)};
    if (code < 0x10000) return {static_cast<char>(0xE0U | (code >> 12U)), tail(6), tail(0)};
    return {static_cast<char>(0xF0U | (code >> 18U)), tail(12), tail(6), tail(0)};
}

}  // namespace dutylog::rule
