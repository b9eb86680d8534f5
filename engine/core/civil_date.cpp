#include "engine/core/civil_date.hpp"

#include <fmt/format.h>

namespace dutylog {

CivilDate plus_months(CivilDate from, int n) {
    const auto start = from.ymd();
    const auto month = start.year() / start.month() + std::chrono::months{n};
    const auto last = (month / std::chrono::last).day();
    const auto day = start.day() < last ? start.day() : last;
    return CivilDate{static_cast<int>(month.year()), static_cast<unsigned>(month.month()),
                     static_cast<unsigned>(day)};
}

std::string to_string(CivilDate date) {
    return fmt::format("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
}

namespace {

std::optional<int> digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

std::optional<CivilDate> parse_civil_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4));
    const auto month = digits(text.substr(5, 2));
    const auto day = digits(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const auto m = static_cast<unsigned>(*month);
    const auto d = static_cast<unsigned>(*day);
    if (!CivilDate::valid(*year, m, d)) return std::nullopt;
    return CivilDate{*year, m, d};
}

IsoWeek iso_week(CivilDate date) {
    const CivilDate thursday = date.plus_days(4 - static_cast<int>(date.iso_weekday()));
    const int year = thursday.year();
    const int day_of_year = thursday.days - CivilDate{year, 1, 1}.days;
    return {year, static_cast<unsigned>(day_of_year / 7 + 1)};
}

}  // namespace dutylog
