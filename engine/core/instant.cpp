#include "engine/core/instant.hpp"

#include <fmt/format.h>

#include "engine/core/civil_date.hpp"

namespace dutylog {

namespace {

constexpr std::int64_t micros_per_day = 86'400'000'000;

std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

/// Reads a fixed number of digits and moves on.
std::optional<int> take(std::string_view& text, std::size_t count) {
    if (text.size() < count) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
}

bool take_char(std::string_view& text, char wanted) {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::int64_t> take_fraction(std::string_view& text) {
    std::int64_t micros = 0;
    std::int64_t unit = 100'000;
    std::size_t count = 0;
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        micros += (text.front() - '0') * unit;
        unit /= 10;
        text.remove_prefix(1);
        ++count;
    }
    if (count == 0 || count > 6) return std::nullopt;
    return micros;
}

/// `Z` or `±hh:mm`, in minutes east of UTC.
std::optional<int> take_offset(std::string_view& text) {
    if (take_char(text, 'Z')) return 0;
    const bool west = !text.empty() && text.front() == '-';
    if (!take_char(text, '+') && !take_char(text, '-')) return std::nullopt;
    const auto hour = take(text, 2);
    if (!hour || *hour > 23 || !take_char(text, ':')) return std::nullopt;
    const auto minute = take(text, 2);
    if (!minute || *minute > 59) return std::nullopt;
    const int offset = *hour * 60 + *minute;
    return west ? -offset : offset;
}

}  // namespace

std::string to_string(Instant at) {
    const std::int64_t day = floor_div(at.micros, micros_per_day);
    const std::int64_t within = at.micros - day * micros_per_day;
    const std::int64_t second = within / 1'000'000;
    const std::int64_t fraction = within % 1'000'000;
    std::string text =
        fmt::format("{}T{:02}:{:02}:{:02}", to_string(CivilDate{static_cast<std::int32_t>(day)}),
                    second / 3600, second / 60 % 60, second % 60);
    if (fraction != 0) {
        text += fmt::format(".{:06}", fraction);
        while (text.back() == '0') text.pop_back();
    }
    return text + "Z";
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 16) return std::nullopt;
    const auto date = parse_civil_date(text.substr(0, 10));
    text.remove_prefix(10);
    if (!date || !take_char(text, 'T')) return std::nullopt;
    const auto hour = take(text, 2);
    if (!hour || *hour > 23 || !take_char(text, ':')) return std::nullopt;
    const auto minute = take(text, 2);
    if (!minute || *minute > 59) return std::nullopt;
    std::int64_t micros = (*hour * 60LL + *minute) * 60'000'000LL;
    if (take_char(text, ':')) {
        const auto second = take(text, 2);
        if (!second || *second > 59) return std::nullopt;
        micros += *second * 1'000'000LL;
        if (take_char(text, '.')) {
            const auto fraction = take_fraction(text);
            if (!fraction) return std::nullopt;
            micros += *fraction;
        }
    }
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    return Instant{date->days * micros_per_day + micros - *offset * 60'000'000LL};
}

}  // namespace dutylog
