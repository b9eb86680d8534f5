#include "engine/calendar/due.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "engine/calendar/computation.hpp"

namespace dutylog::calendar {

namespace {

constexpr std::int32_t count_max = 10'000;

bool counts_hours(PeriodUnit unit) {
    return unit == PeriodUnit::hours || unit == PeriodUnit::minutes;
}

std::string named_version(const std::string& name, const Digest& version) {
    return name + "@" + to_hex(version).substr(0, 12);
}

}  // namespace

Base base_of(const Effective& when) {
    if (when.precision == Precision::date) return when.date;
    return when.at;
}

DueDate compute_due(const Base& base, const DueRule& rule, const WorkCalendar& calendar,
                    const Zone& zone) {
    assert(rule.period.count >= 0 && rule.period.count <= count_max);
    Computation computation{calendar, zone};
    return counts_hours(rule.period.unit) ? computation.by_hours(base, rule)
                                          : computation.by_days(base, rule);
}

DueDate fixed_due(CivilDate day, Roll roll, const WorkCalendar& calendar, const Zone& zone) {
    return Computation{calendar, zone}.fixed(day, roll);
}

DueDate due_at_once(Instant known, const WorkCalendar& calendar, const Zone& zone) {
    return Computation{calendar, zone}.at_once(known);
}

bool on_time(const DueDate& due, Instant act) {
    return due.exact ? act <= due.due_at : act < due.due_at;
}

CivilDate count_days(CivilDate from, Period period, Direction direction,
                     const WorkCalendar& calendar) {
    const std::int32_t n = direction == Direction::after ? period.count : -period.count;
    switch (period.unit) {
        case PeriodUnit::days:
            return from.plus_days(n);
        case PeriodUnit::weeks:
            return from.plus_days(n * 7);
        case PeriodUnit::months:
            return plus_months(from, n);
        case PeriodUnit::years:
            return plus_months(from, n * 12);
        case PeriodUnit::working_days:
            return shift_working_days(from, n, calendar);
        case PeriodUnit::hours:
        case PeriodUnit::minutes:
            break;
    }
    return from;
}

CivilDate ladder_day(const DueDate& due, Period period, Direction direction,
                     const WorkCalendar& calendar) {
    const CivilDate from = direction == Direction::before ? due.nominal : due.effective;
    return count_days(from, period, direction, calendar);
}

std::int32_t days_late(const DueDate& due, CivilDate done) {
    return std::max(0, done.days - due.effective.days);
}

std::int32_t working_days_late(const DueDate& due, CivilDate done, const WorkCalendar& calendar) {
    return std::max(0, working_days_between(due.effective, done, calendar));
}

std::string to_string(const DueDate& due) {
    std::string text = to_string(due.effective);
    if (due.nominal != due.effective) text += fmt::format(" (nominal {})", to_string(due.nominal));
    text += fmt::format(", {} {}, {}, {}", due.exact ? "until" : "before", to_string(due.due_at),
                        named_version(due.calendar, due.calendar_version),
                        named_version(due.zone, due.zone_version));
    return due.provisional ? text + ", provisional" : text;
}

}  // namespace dutylog::calendar
