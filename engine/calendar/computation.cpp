#include "engine/calendar/computation.hpp"

#include <algorithm>
#include <utility>

namespace dutylog::calendar {

namespace {

/// Most dates are counted, found to be worked or rolled, and ended.
constexpr std::size_t steps_usual = 4;

bool counts_months(PeriodUnit unit) {
    return unit == PeriodUnit::months || unit == PeriodUnit::years;
}

}  // namespace

Computation::Computation(const WorkCalendar& calendar, const Zone& zone)
    : calendar_{calendar}, zone_{zone} {
    due_.trace.reserve(steps_usual);
    due_.calendar = calendar.id();
    due_.calendar_version = calendar.version();
    due_.zone = zone.name();
    due_.zone_version = zone.version();
}

DueDate Computation::by_hours(const Base& base, const DueRule& rule) {
    const Instant from = moment_of(base);
    const bool after = rule.direction == Direction::after;
    const std::int64_t count = after ? rule.period.count : -rule.period.count;
    const Elapsed unit = rule.period.unit == PeriodUnit::hours ? hours(1) : minutes(1);
    due_.exact = true;
    due_.due_at = Instant{from.micros + count * unit.micros};
    due_.nominal = due_.effective = zone_.local(due_.due_at).date;
    add(after ? StepKind::moment_after : StepKind::moment_before, due_.due_at).period = rule.period;
    return std::move(due_);
}

DueDate Computation::by_days(const Base& base, const DueRule& rule) {
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

DueDate Computation::at_once(Instant known) {
    due_.exact = true;
    due_.due_at = known;
    due_.nominal = due_.effective = add(StepKind::at_once, known).date;
    return std::move(due_);
}

DueDate Computation::fixed(CivilDate day, Roll direction) {
    due_.nominal = day;
    add(StepKind::fixed_day, day);
    roll(direction);
    return finish();
}

TraceStep& Computation::add(StepKind kind, CivilDate date) {
    TraceStep& step = due_.trace.emplace_back();
    step.kind = kind;
    step.date = date;
    return step;
}

TraceStep& Computation::add(StepKind kind, Instant at) {
    TraceStep& step = add(kind, zone_.local(at).date);
    step.at = at;
    step.offset_s = zone_.offset_seconds_at(at);
    step.source = zone_.name();
    return step;
}

Instant Computation::moment_of(const Base& base) {
    if (const auto* at = std::get_if<Instant>(&base)) {
        add(StepKind::from_moment, *at);
        return *at;
    }
    const Instant start = zone_.day_start(std::get<CivilDate>(base));
    add(StepKind::start_of_day, start);
    return start;
}

CivilDate Computation::day_of(const Base& base) {
    if (const auto* day = std::get_if<CivilDate>(&base)) return *day;
    return add(StepKind::local_day, std::get<Instant>(base)).date;
}

void Computation::begin(CivilDate from, const DueRule& rule) {
    if (rule.convention == Convention::first_day_counted) {
        add(StepKind::first_day_counted, from);
        return;
    }
    const bool after = rule.direction == Direction::after;
    add(StepKind::day_not_counted, from).other = from.plus_days(after ? 1 : -1);
}

void Computation::count(CivilDate from, const DueRule& rule) {
    const std::int32_t step_back = rule.direction == Direction::after ? -1 : 1;
    const bool first_counted = rule.convention == Convention::first_day_counted;
    const bool months = counts_months(rule.period.unit);
    // Where the first day counts, days are counted from the day before it, while months end on the
    // day before the corresponding one: 1 month from 1 March with 1 March is 31 March.
    const CivilDate start = first_counted && !months ? from.plus_days(step_back) : from;
    const CivilDate end = count_days(start, rule.period, rule.direction, calendar_);
    due_.nominal = first_counted && months ? end.plus_days(step_back) : end;

    if (rule.period.unit == PeriodUnit::working_days) name_ranges(start, end);
    if (months && end.day() != from.day()) add(StepKind::last_of_month, end).other = from;
    TraceStep& step = add(StepKind::counted, due_.nominal);
    step.other = from;
    step.period = rule.period;
}

void Computation::name_ranges(CivilDate from, CivilDate to) {
    const CivilDate first = std::min(from.plus_days(1), to);
    const CivilDate last = std::max(from.plus_days(-1), to);
    const DayRange* before = nullptr;
    std::int32_t ranges = 0;
    for (CivilDate date = first; date <= last; date = date.plus_days(1)) {
        if (calendar_.provisional(date)) note_provisional(date);
        const auto found = calendar_.range_of(date);
        if (!found || found->range == before) continue;
        before = found->range;
        if (!changes_week(*found->range, first, last)) continue;
        if (++ranges <= trace_ranges_max) add_range(*found, date, std::min(before->last, last));
    }
    if (ranges > trace_ranges_max)
        add(StepKind::more_ranges, to).period.count = ranges - trace_ranges_max;
}

void Computation::add_range(const NamedRange& found, CivilDate first, CivilDate last) {
    TraceStep& step =
        add(found.range->works ? StepKind::extra_days_worked : StepKind::rest_days_skipped, first);
    step.other = last;
    step.source = found.table->id;
    step.name = found.range->name;
}

bool Computation::changes_week(const DayRange& range, CivilDate first, CivilDate last) const {
    for (CivilDate date = std::max(range.first, first); date <= std::min(range.last, last);
         date = date.plus_days(1))
        if (calendar_.week().works(date) != range.works) return true;
    return false;
}

void Computation::roll(Roll direction) {
    due_.effective = due_.nominal;
    note_day(due_.nominal);
    if (direction == Roll::none) {
        if (!calendar_.works(due_.nominal)) add(StepKind::not_rolled, due_.nominal);
        return;
    }
    const bool forward = direction == Roll::forward;
    due_.effective = forward ? calendar_.workday_on_or_after(due_.nominal)
                             : calendar_.workday_on_or_before(due_.nominal);
    note_provisional_days(due_.nominal, due_.effective);
    if (due_.effective != due_.nominal)
        add(forward ? StepKind::rolled_forward : StepKind::rolled_back, due_.effective);
}

void Computation::note_day(CivilDate date) {
    const auto found = calendar_.range_of(date);
    const bool works = calendar_.works(date);
    if (works && calendar_.week().works(date)) return;
    TraceStep& step = add(works ? StepKind::workday : StepKind::rest_day, date);
    if (!found) return;
    step.other = found->range->last;
    step.source = found->table->id;
    step.name = found->range->name;
}

void Computation::hold_two_workdays(CivilDate from, Period period) {
    const bool one_day = period.unit == PeriodUnit::days && period.count < 2;
    if (one_day || period.count == 0 || period.unit == PeriodUnit::working_days) return;
    const CivilDate second = shift_working_days(from, 2, calendar_);
    if (second <= due_.effective) return;
    note_provisional_days(from.plus_days(1), second);
    due_.effective = second;
    add(StepKind::two_workdays, second);
}

void Computation::note_provisional_days(CivilDate a, CivilDate b) {
    for (CivilDate date = std::min(a, b); date <= std::max(a, b); date = date.plus_days(1))
        if (calendar_.provisional(date)) note_provisional(date);
}

void Computation::note_provisional(CivilDate date) {
    due_.provisional = true;
    const auto same_year = [&](const TraceStep& step) {
        return step.kind == StepKind::provisional && step.date.year() == date.year();
    };
    if (std::none_of(due_.trace.begin(), due_.trace.end(), same_year))
        add(StepKind::provisional, date);
}

DueDate Computation::finish() {
    due_.due_at = zone_.day_end(due_.effective);
    add(StepKind::end_of_day, due_.due_at).date = due_.effective;
    return std::move(due_);
}

}  // namespace dutylog::calendar
