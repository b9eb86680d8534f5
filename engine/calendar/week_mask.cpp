#include "engine/calendar/week_mask.hpp"

#include <array>

namespace dutylog::calendar {

namespace {

constexpr std::array<std::string_view, 7> names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::optional<unsigned> day_index(std::string_view name) {
    for (unsigned i = 0; i < names.size(); ++i)
        if (names[i] == name) return i;
    return std::nullopt;
}

}  // namespace

std::string to_string(WeekMask week) {
    std::string text;
    for (unsigned i = 0; i < names.size(); ++i)
        if (((week.bits >> i) & 1) != 0) text += (text.empty() ? "" : " ") + std::string{names[i]};
    return text;
}

std::optional<WeekMask> parse_week_mask(std::string_view text) {
    unsigned bits = 0;
    while (!text.empty()) {
        const std::string_view part = text.substr(0, text.find(' '));
        text.remove_prefix(part.size() + (part.size() < text.size() ? 1 : 0));
        const auto dash = part.find('-');
        const auto first = day_index(part.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : day_index(part.substr(dash + 1));
        if (!first || !last) return std::nullopt;
        for (unsigned day = *first;; day = (day + 1) % 7) {
            bits |= 1U << day;
            if (day == *last) break;
        }
    }
    if (bits == 0) return std::nullopt;
    return WeekMask{static_cast<std::uint8_t>(bits)};
}

}  // namespace dutylog::calendar
