#include "engine/calendar/posix_rule.hpp"

#include "engine/calendar/floor_div.hpp"
#include "engine/core/civil_date.hpp"

namespace dutylog::calendar {

namespace {

constexpr std::int64_t day_s = 86'400;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool take_char(std::string_view& text, char wanted) {
    if (!text.starts_with(wanted)) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<int> take_number(std::string_view& text, int min, int max) {
    std::size_t used = 0;
    int value = 0;
    while (used < text.size() && is_digit(text[used]) && used < 4)
        value = value * 10 + (text[used++] - '0');
    if (used == 0 || value < min || value > max) return std::nullopt;
    text.remove_prefix(used);
    return value;
}

/// `CEST` or `<+08>`: three characters or more; the name itself is of no use here.
bool take_name(std::string_view& text) {
    const bool quoted = take_char(text, '<');
    std::size_t used = 0;
    while (used < text.size() &&
           (is_letter(text[used]) ||
            (quoted && (is_digit(text[used]) || text[used] == '+' || text[used] == '-'))))
        ++used;
    text.remove_prefix(used);
    return used >= 3 && used <= 12 && (!quoted || take_char(text, '>'));
}

/// `[+-]hh[:mm[:ss]]` in seconds.
std::optional<std::int32_t> take_time(std::string_view& text, int hours_max) {
    const bool negative = take_char(text, '-');
    if (!negative) take_char(text, '+');
    const auto hour = take_number(text, 0, hours_max);
    if (!hour) return std::nullopt;
    std::int32_t seconds = *hour * 3'600;
    for (const std::int32_t unit : {60, 1}) {
        if (!take_char(text, ':')) break;
        const auto part = take_number(text, 0, 59);
        if (!part) return std::nullopt;
        seconds += *part * unit;
    }
    return negative ? -seconds : seconds;
}

bool take_weekday_of_month(std::string_view& text, YearlyChange& change) {
    const auto month = take_number(text, 1, 12);
    if (!month || !take_char(text, '.')) return false;
    const auto week = take_number(text, 1, 5);
    if (!week || !take_char(text, '.')) return false;
    const auto weekday = take_number(text, 0, 6);
    if (!weekday) return false;
    change.month = static_cast<unsigned>(*month);
    change.week = static_cast<unsigned>(*week);
    change.weekday = static_cast<unsigned>(*weekday);
    return true;
}

std::optional<YearlyChange> take_change(std::string_view& text) {
    YearlyChange change;
    if (!take_char(text, ',')) return std::nullopt;
    if (take_char(text, 'M')) {
        if (!take_weekday_of_month(text, change)) return std::nullopt;
    } else {
        const bool without_leap = take_char(text, 'J');
        const auto day = take_number(text, without_leap ? 1 : 0, 365);
        if (!day) return std::nullopt;
        change.form =
            without_leap ? YearlyChange::Form::day_without_leap : YearlyChange::Form::day_from_zero;
        change.day = *day;
    }
    if (take_char(text, '/')) {
        const auto time = take_time(text, 167);
        if (!time) return std::nullopt;
        change.time_s = *time;
    }
    return change;
}

CivilDate weekday_of_month(int year, const YearlyChange& change) {
    const CivilDate first{year, change.month, 1};
    const int first_weekday = static_cast<int>(first.iso_weekday() % 7);  // 0 = Sunday
    const int to_weekday = (static_cast<int>(change.weekday) - first_weekday + 7) % 7;
    const CivilDate found = first.plus_days(to_weekday + 7 * (static_cast<int>(change.week) - 1));
    return found.month() == change.month ? found : found.plus_days(-7);
}

CivilDate date_of(int year, const YearlyChange& change) {
    const CivilDate first{year, 1, 1};
    switch (change.form) {
        case YearlyChange::Form::weekday_of_month:
            return weekday_of_month(year, change);
        case YearlyChange::Form::day_from_zero:
            return first.plus_days(change.day);
        case YearlyChange::Form::day_without_leap:
            break;
    }
    const bool after_february = change.day >= 60 && CivilDate::valid(year, 2, 29);
    return first.plus_days(change.day - 1 + (after_february ? 1 : 0));
}

/// The second, in UTC, at which the clocks change while they stand at `offset_s`.
std::int64_t second_of(int year, const YearlyChange& change, std::int32_t offset_s) {
    return date_of(year, change).days * day_s + change.time_s - offset_s;
}

}  // namespace

std::optional<PosixRule> parse_posix_rule(std::string_view text) {
    PosixRule rule;
    if (!take_name(text)) return std::nullopt;
    const auto west = take_time(text, 24);
    if (!west) return std::nullopt;
    rule.standard_offset_s = -*west;
    if (text.empty()) return rule;

    if (!take_name(text)) return std::nullopt;
    PosixRule::Summer summer{.offset_s = rule.standard_offset_s + 3'600, .starts = {}, .ends = {}};
    if (!text.starts_with(',')) {
        const auto summer_west = take_time(text, 24);
        if (!summer_west) return std::nullopt;
        summer.offset_s = -*summer_west;
    }
    const auto starts = take_change(text);
    if (!starts) return std::nullopt;
    const auto ends = take_change(text);
    if (!ends || !text.empty()) return std::nullopt;
    summer.starts = *starts;
    summer.ends = *ends;
    rule.summer = summer;
    return rule;
}

std::int32_t offset_at(const PosixRule& rule, std::int64_t utc_s) {
    if (!rule.summer) return rule.standard_offset_s;
    const auto day = floor_div(utc_s + rule.standard_offset_s, day_s);
    const int year = CivilDate{static_cast<std::int32_t>(day)}.year();
    const std::int64_t start = second_of(year, rule.summer->starts, rule.standard_offset_s);
    const std::int64_t end = second_of(year, rule.summer->ends, rule.summer->offset_s);
    const bool summer = start < end ? start <= utc_s && utc_s < end  // north of the equator
                                    : utc_s < end || start <= utc_s;
    return summer ? rule.summer->offset_s : rule.standard_offset_s;
}

}  // namespace dutylog::calendar
