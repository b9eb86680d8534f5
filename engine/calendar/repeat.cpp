#include "engine/calendar/repeat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "engine/calendar/due.hpp"
#include "engine/calendar/floor_div.hpp"

namespace dutylog::calendar {

namespace {

/// A period as whole months; 0 for units that are none.
std::int32_t months_of(Period period) {
    if (period.unit == PeriodUnit::years) return period.count * 12;
    return period.unit == PeriodUnit::months ? period.count : 0;
}

CivilDate first_of_month(std::int32_t months_since_year_0) {
    return CivilDate{months_since_year_0 / 12, static_cast<unsigned>(months_since_year_0 % 12) + 1,
                     1};
}

std::string block_key(CivilDate first, std::int32_t months) {
    if (months >= 12) return fmt::format("{:04}", first.year());
    if (months == 1) return fmt::format("{:04}-{:02}", first.year(), first.month());
    const unsigned number = (first.month() - 1) / static_cast<unsigned>(months) + 1;
    const char* letter = months == 6 ? "H" : months == 3 ? "Q" : months == 4 ? "T" : "B";
    return fmt::format("{:04}-{}{}", first.year(), letter, number);
}

Occurrence rolling(const RepeatRule& rule, const LastTurn& last, const WorkCalendar& calendar) {
    const CivilDate from = last.completed.value_or(rule.anchor);
    const CivilDate due = count_days(from, rule.period, Direction::after, calendar);
    return {to_string(due), {from.plus_days(1), due}};
}

/// The k-th anchored day, counted from the anchor itself, so that a clamped month does not drift.
CivilDate anchored_day(const RepeatRule& rule, std::int32_t k, const WorkCalendar& calendar) {
    const Period period{rule.period.count * k, rule.period.unit};
    return count_days(rule.anchor, period, Direction::after, calendar);
}

Occurrence anchored(const RepeatRule& rule, const LastTurn& last, const WorkCalendar& calendar) {
    const bool by_completion = !last.due && last.completed;
    const CivilDate after = last.due ? *last.due : last.completed.value_or(rule.anchor);
    std::int32_t k = 1;
    if (last.due)
        while (anchored_day(rule, k, calendar) <= after) ++k;
    else
        while (anchored_day(rule, k, calendar) < after) ++k;
    // A completion stands for the turn it fell into; one on or before the anchor stands for none.
    if (by_completion && after > rule.anchor) ++k;
    const CivilDate due = anchored_day(rule, k, calendar);
    return {to_string(due), {anchored_day(rule, k - 1, calendar).plus_days(1), due}};
}

Occurrence by_calendar(const RepeatRule& rule, const LastTurn& last) {
    const std::int32_t months = months_of(rule.period);
    const std::int32_t block = std::min(months, 12);  // years are satisfied one by one
    const bool first_turn = !last.due && !last.completed;
    const CivilDate from = last.due ? *last.due : last.completed.value_or(rule.anchor);
    const std::int32_t month = from.year() * 12 + static_cast<std::int32_t>(from.month()) - 1;
    const std::int32_t start = month / block * block + (first_turn ? 0 : months);
    const CivilDate first = first_of_month(start);
    return {block_key(first, block), {first, first_of_month(start + block).plus_days(-1)}};
}

Occurrence by_week(const RepeatRule& rule, const LastTurn& last) {
    const bool first_turn = !last.due && !last.completed;
    const CivilDate from = last.due ? *last.due : last.completed.value_or(rule.anchor);
    const CivilDate monday = from.plus_days(1 - static_cast<std::int32_t>(from.iso_weekday()) +
                                            (first_turn ? 0 : 7 * rule.period.count));
    return {week_key(monday), {monday, monday.plus_days(6)}};
}

}  // namespace

bool is_valid(const RepeatRule& rule) {
    if (rule.period.count < 1) return false;
    const std::int32_t months = months_of(rule.period);
    switch (rule.mode) {
        case RepeatMode::calendar:
            return months > 0 && (12 % months == 0 || months % 12 == 0);
        case RepeatMode::iso_week:
            return rule.period.unit == PeriodUnit::weeks;
        case RepeatMode::rolling:
        case RepeatMode::anchored:
            break;
    }
    return rule.period.unit != PeriodUnit::hours && rule.period.unit != PeriodUnit::minutes;
}

Occurrence next_occurrence(const RepeatRule& rule, const LastTurn& last,
                           const WorkCalendar& calendar) {
    assert(is_valid(rule));
    switch (rule.mode) {
        case RepeatMode::anchored:
            return anchored(rule, last, calendar);
        case RepeatMode::calendar:
            return by_calendar(rule, last);
        case RepeatMode::iso_week:
            return by_week(rule, last);
        case RepeatMode::rolling:
            break;
    }
    return rolling(rule, last, calendar);
}

std::string week_key(CivilDate date) {
    const IsoWeek week = iso_week(date);
    return fmt::format("{:04}-W{:02}", week.year, week.week);
}

}  // namespace dutylog::calendar
