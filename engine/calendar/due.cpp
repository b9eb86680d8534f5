#include "engine/calendar/due.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

namespace dutylog::calendar {

namespace {

constexpr std::int32_t count_max = 10'000;

bool counts_hours(PeriodUnit unit) {
    return unit == PeriodUnit::hours || unit == PeriodUnit::minutes;
}

bool counts_months(PeriodUnit unit) {
    return unit == PeriodUnit::months || unit == PeriodUnit::years;
}

/// Builds one due date and writes down each step as it is taken.
class Computation {
public:
    Computation(const WorkCalendar& calendar, const Zone& zone) : calendar_{calendar}, zone_{zone} {
        due_.calendar = calendar.id();
        due_.calendar_version = calendar.version();
        due_.zone = zone.name();
        due_.zone_version = zone.version();
    }

    DueDate by_hours(const Base& base, const DueRule& rule) {
        const Instant from = moment_of(base);
        const bool after = rule.direction == Direction::after;
        const std::int64_t count = after ? rule.period.count : -rule.period.count;
        const Elapsed unit = rule.period.unit == PeriodUnit::hours ? hours(1) : minutes(1);
        due_.exact = true;
        due_.due_at = Instant{from.micros + count * unit.micros};
        due_.nominal = due_.effective = zone_.local(due_.due_at).date;
        add(after ? StepKind::moment_after : StepKind::moment_before, due_.due_at).period =
            rule.period;
        return std::move(due_);
    }

    DueDate by_days(const Base& base, const DueRule& rule) {
        const CivilDate from = day_of(base);
        begin(from, rule);
        count(from, rule);
        if (rule.period.unit == PeriodUnit::working_days)
            due_.effective = due_.nominal;
        else
            roll(rule.roll);
        if (rule.convention == Convention::eu_1182_71 && rule.direction == Direction::after)
            hold_two_workdays(from, rule.period);
        return finish();
    }

    DueDate fixed(CivilDate day, Roll direction) {
        due_.nominal = day;
        add(StepKind::fixed_day, day);
        roll(direction);
        return finish();
    }

private:
    TraceStep& add(StepKind kind, CivilDate date) {
        due_.trace.push_back({});
        due_.trace.back().kind = kind;
        due_.trace.back().date = date;
        return due_.trace.back();
    }

    TraceStep& add(StepKind kind, Instant at) {
        TraceStep& step = add(kind, zone_.local(at).date);
        step.at = at;
        step.offset_s = zone_.offset_seconds_at(at);
        step.source = zone_.name();
        return step;
    }

    Instant moment_of(const Base& base) {
        if (const auto* at = std::get_if<Instant>(&base)) {
            add(StepKind::from_moment, *at);
            return *at;
        }
        const Instant start = zone_.day_start(std::get<CivilDate>(base));
        add(StepKind::start_of_day, start);
        return start;
    }

    CivilDate day_of(const Base& base) {
        if (const auto* day = std::get_if<CivilDate>(&base)) return *day;
        const Instant at = std::get<Instant>(base);
        add(StepKind::local_day, at);
        return zone_.local(at).date;
    }

    void begin(CivilDate from, const DueRule& rule) {
        if (rule.convention == Convention::first_day_counted) {
            add(StepKind::first_day_counted, from);
            return;
        }
        const bool after = rule.direction == Direction::after;
        add(StepKind::day_not_counted, from).other = from.plus_days(after ? 1 : -1);
    }

    void count(CivilDate from, const DueRule& rule) {
        const bool after = rule.direction == Direction::after;
        // Counting from the day before makes the day of the event the first one.
        const bool first_counted = rule.convention == Convention::first_day_counted;
        const CivilDate start = first_counted ? from.plus_days(after ? -1 : 1) : from;
        if (counts_months(rule.period.unit) && first_counted)
            due_.nominal =
                count_days(from, rule.period, rule.direction, calendar_).plus_days(after ? -1 : 1);
        else
            due_.nominal = count_days(start, rule.period, rule.direction, calendar_);
        if (rule.period.unit == PeriodUnit::working_days) name_ranges(start, due_.nominal);
        if (counts_months(rule.period.unit) && !first_counted && due_.nominal.day() != from.day())
            add(StepKind::last_of_month, due_.nominal).other = from;
        TraceStep& step = add(StepKind::counted, due_.nominal);
        step.other = from;
        step.period = rule.period;
    }

    /// Names the holidays and make-up days that changed a count of working days.
    void name_ranges(CivilDate from, CivilDate to) {
        const CivilDate first = std::min(from.plus_days(1), to);
        const CivilDate last = std::max(from.plus_days(-1), to);
        const DayRange* named = nullptr;
        std::int32_t unnamed = 0;
        std::size_t names = 0;
        for (CivilDate date = first; date <= last; date = date.plus_days(1)) {
            if (calendar_.provisional(date)) note_provisional(date);
            const auto found = calendar_.range_of(date);
            if (!found || found->range == named || !changes_week(*found->range, first, last))
                continue;
            named = found->range;
            if (++names > trace_ranges_max) {
                ++unnamed;
                continue;
            }
            add_range(*found, std::min(found->range->last, last), date);
        }
        if (unnamed > 0) add(StepKind::more_ranges, to).period.count = unnamed;
    }

    void add_range(const NamedRange& found, CivilDate last, CivilDate first) {
        TraceStep& step = add(
            found.range->works ? StepKind::extra_days_worked : StepKind::rest_days_skipped, first);
        step.other = last;
        step.source = found.table->id;
        step.name = found.range->name;
    }

    bool changes_week(const DayRange& range, CivilDate first, CivilDate last) const {
        for (CivilDate date = std::max(range.first, first); date <= std::min(range.last, last);
             date = date.plus_days(1))
            if (calendar_.week().works(date) != range.works) return true;
        return false;
    }

    void roll(Roll direction) {
        due_.effective = due_.nominal;
        note_day(due_.nominal);
        if (calendar_.works(due_.nominal)) {
            if (calendar_.provisional(due_.nominal) && direction != Roll::none)
                note_provisional(due_.nominal);
            return;
        }
        if (direction == Roll::none) {
            add(StepKind::not_rolled, due_.nominal);
            return;
        }
        const bool forward = direction == Roll::forward;
        due_.effective = forward ? calendar_.workday_on_or_after(due_.nominal)
                                 : calendar_.workday_on_or_before(due_.nominal);
        note_provisional_days(due_.nominal, due_.effective);
        add(forward ? StepKind::rolled_forward : StepKind::rolled_back, due_.effective);
    }

    /// Says what the nominal day is, where that is not plain from the week.
    void note_day(CivilDate date) {
        const auto found = calendar_.range_of(date);
        const bool works = calendar_.works(date);
        if (works && (!found || calendar_.week().works(date))) return;
        TraceStep& step = add(works ? StepKind::workday : StepKind::rest_day, date);
        if (!found) return;
        step.other = found->range->last;
        step.source = found->table->id;
        step.name = found->range->name;
    }

    /// Regulation 1182/71 Art. 3(5).
    void hold_two_workdays(CivilDate from, Period period) {
        const bool one_day = period.unit == PeriodUnit::days && period.count < 2;
        if (one_day || period.unit == PeriodUnit::working_days) return;
        const CivilDate second = shift_working_days(from, 2, calendar_);
        if (second <= due_.effective) return;
        note_provisional_days(from.plus_days(1), second);
        due_.effective = second;
        add(StepKind::two_workdays, second);
    }

    void note_provisional_days(CivilDate a, CivilDate b) {
        for (CivilDate date = std::min(a, b); date <= std::max(a, b); date = date.plus_days(1))
            if (calendar_.provisional(date)) note_provisional(date);
    }

    void note_provisional(CivilDate date) {
        due_.provisional = true;
        for (const TraceStep& step : due_.trace)
            if (step.kind == StepKind::provisional && step.date.year() == date.year()) return;
        add(StepKind::provisional, date);
    }

    DueDate finish() {
        due_.due_at = zone_.day_end(due_.effective);
        add(StepKind::end_of_day, due_.due_at).date = due_.effective;
        return std::move(due_);
    }

    const WorkCalendar& calendar_;
    const Zone& zone_;
    DueDate due_;
};

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
