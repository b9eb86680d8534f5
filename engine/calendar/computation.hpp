#pragma once

#include "engine/calendar/due.hpp"

namespace dutylog::calendar {

/// Builds one due date and writes down each step as it is taken. Used once, through one of its
/// public functions; `compute_due` and `fixed_due` are the doors to it.
class Computation {
public:
    Computation(const WorkCalendar& calendar, const Zone& zone);

    DueDate by_hours(const Base& base, const DueRule& rule);
    DueDate by_days(const Base& base, const DueRule& rule);
    DueDate at_once(Instant known);
    DueDate fixed(CivilDate day, Roll direction);

private:
    TraceStep& add(StepKind kind, CivilDate date);
    TraceStep& add(StepKind kind, Instant at);

    Instant moment_of(const Base& base);
    CivilDate day_of(const Base& base);
    void begin(CivilDate from, const DueRule& rule);
    void count(CivilDate from, const DueRule& rule);
    /// Names the holidays and make-up days that changed a count of working days.
    void name_ranges(CivilDate from, CivilDate to);
    void add_range(const NamedRange& found, CivilDate first, CivilDate last);
    bool changes_week(const DayRange& range, CivilDate first, CivilDate last) const;

    void roll(Roll direction);
    /// Says what the day is, where that is not plain from the week.
    void note_day(CivilDate date);
    /// Regulation (EEC, Euratom) 1182/71, Art. 3(5).
    void hold_two_workdays(CivilDate from, Period period);
    void note_provisional(CivilDate date);
    void note_provisional_days(CivilDate a, CivilDate b);
    DueDate finish();

    const WorkCalendar& calendar_;
    const Zone& zone_;
    DueDate due_;
};

}  // namespace dutylog::calendar
