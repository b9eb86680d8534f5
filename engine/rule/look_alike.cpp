#include "engine/rule/look_alike.hpp"

#include <array>
#include <string_view>

namespace dutylog::rule {

namespace {

struct Pair {
    char32_t code;
    std::string_view instead;
};

constexpr std::array pairs{
    Pair{U'、', ","},      Pair{U'。', "."},     Pair{U'“', "\""},       Pair{U'”', "\""},
    Pair{U'‘', "\""},      Pair{U'’', "\""},     Pair{U'「', "\""},      Pair{U'」', "\""},
    Pair{U'《', "\""},     Pair{U'》', "\""},    Pair{U'【', "["},       Pair{U'】', "]"},
    Pair{U'〔', "["},      Pair{U'〕', "]"},     Pair{U'≥', ">="},       Pair{U'≤', "<="},
    Pair{U'⩾', ">="},      Pair{U'⩽', "<="},     Pair{U'≠', "!="},       Pair{U'×', "*"},
    Pair{U'÷', "/"},       Pair{U'·', "."},      Pair{U'−', "-"},        Pair{U'–', "-"},
    Pair{U'—', "-"},       Pair{U'‐', "-"},      Pair{U'∧', "and"},      Pair{U'∨', "or"},
    Pair{U'¬', "not"},     Pair{U'∈', "in"},     Pair{U'\u3000', " "},   Pair{U'\u00A0', " "},
    Pair{U'\u2009', " "},  Pair{U'\u202F', " "}, Pair{U'\uFF01', "not"}, Pair{U'\uFF1D', "=="},
    Pair{U'\uFF07', "\""}, Pair{U'⋅', "*"},
};

constexpr char32_t full_width_first = 0xFF01;
constexpr char32_t full_width_last = 0xFF5E;
constexpr char32_t full_width_shift = 0xFEE0;

}  // namespace

std::optional<std::string> look_alike(char32_t code) {
    for (const Pair& pair : pairs)
        if (pair.code == code) return std::string{pair.instead};
    if (code < full_width_first || code > full_width_last) return std::nullopt;
    return std::string{static_cast<char>(code - full_width_shift)};
}

}  // namespace dutylog::rule
