#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "engine/calendar/trace.hpp"
#include "engine/calendar/work_calendar.hpp"
#include "engine/calendar/zone.hpp"
#include "engine/core/civil_date.hpp"
#include "engine/core/digest.hpp"
#include "engine/core/effective.hpp"
#include "engine/core/instant.hpp"
#include "engine/core/period.hpp"

namespace dutylog::calendar {

enum class Direction : std::uint8_t { after, before };
constexpr Direction last_of(Direction) { return Direction::before; }

/// What becomes of an end that falls on a rest day. A count of working days never moves, nor do
/// hours, whatever the rule says.
enum class Roll : std::uint8_t {
    none,     ///< examinations, windows, useful life and expiry: nominal and effective are the same
    forward,  ///< to the next workday (Civil Code Art. 203)
    back      ///< to the workday before: "at least 20 days before"
};
constexpr Roll last_of(Roll) { return Roll::back; }

/// How days are counted.
enum class Convention : std::uint8_t {
    civil_code,         ///< the day of the event is not counted (Civil Code Art. 200–203)
    first_day_counted,  ///< the day of the event is the first day, where a rule says so
    eu_1182_71          ///< as the civil code, and two days or more hold two working days
};
constexpr Convention last_of(Convention) { return Convention::eu_1182_71; }

/// A period before or after an event, as a rule of law states it.
struct DueRule {
    Period period;
    Direction direction = Direction::after;
    Roll roll = Roll::forward;
    Convention convention = Convention::civil_code;

    friend bool operator==(const DueRule&, const DueRule&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(period, direction, roll, convention);
    }
};

/// A deadline, with everything needed to say why it is that day and to compute it again.
struct DueDate {
    CivilDate nominal;    ///< the pure count; reminders before the deadline go by it
    CivilDate effective;  ///< after moving over rest days; breach and escalation go by it
    /// End of the effective day, 24:00 local, which itself is late; for a count of hours the last
    /// moment, which is still in time. @see on_time
    Instant due_at;
    bool exact = false;        ///< a count of hours or minutes
    bool provisional = false;  ///< rests on a year without holiday data; to be computed again
    std::string calendar;      ///< id
    Digest calendar_version;
    std::string zone;  ///< name
    Digest zone_version;
    Trace trace;

    friend bool operator==(const DueDate&, const DueDate&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(nominal, effective, due_at, exact, provisional, calendar, calendar_version, zone,
                zone_version, trace);
    }
};

/// What a rule counts from: a civil day of the site, or a moment.
using Base = std::variant<CivilDate, Instant>;

/// The event's civil day where only that is known, else its moment (the start of a range).
Base base_of(const Effective& when);

/// Counts `rule` from `base`.
///
/// - days, weeks, months, years: the day of the event is not counted; months end on the
///   corresponding day or the last of the month; an end on a rest day moves as `rule.roll` says.
/// - working days: counted by the calendar with its make-up days; nominal and effective are equal.
/// - hours and minutes: elapsed time from the moment; from a day alone, its 00:00 local.
/// - a moment stands for its civil day in `zone` unless hours are counted.
/// @pre 0 ≤ rule.period.count ≤ 10,000, as `parse_period` reads it
/// @see workflows/calendars for the data; docs/time.md for the sources of the rules
DueDate compute_due(const Base& base, const DueRule& rule, const WorkCalendar& calendar,
                    const Zone& zone);

/// A deadline on a named day ("by 31 January"), moved as `roll` says.
DueDate fixed_due(CivilDate day, Roll roll, const WorkCalendar& calendar, const Zone& zone);

/// "At once": due at the moment of knowledge itself, and never moved. @see on_time
DueDate due_at_once(Instant known, const WorkCalendar& calendar, const Zone& zone);

/// Whether an act at that moment keeps the deadline.
bool on_time(const DueDate& due, Instant act);

/// The pure count from a day, without moving. Hours and minutes leave the day as it is.
CivilDate count_days(CivilDate from, Period period, Direction direction,
                     const WorkCalendar& calendar);

/// The day of a step of a ladder: reminders before the deadline are counted back from the nominal
/// day (T−30 days), escalations after it from the effective day (T+1 working day).
CivilDate ladder_day(const DueDate& due, Period period, Direction direction,
                     const WorkCalendar& calendar);

/// Civil days after the effective day; 0 when in time.
std::int32_t days_late(const DueDate& due, CivilDate done);
/// Working days after the effective day, up to and including the day it was done; 0 when in time.
std::int32_t working_days_late(const DueDate& due, CivilDate done, const WorkCalendar& calendar);

/// For people and comparisons: `2026-02-24 (nominal 2026-02-18), before 2026-02-24T16:00:00Z, …`
/// with calendar and zone, each with the first 12 digits of its version, and `provisional` if so.
std::string to_string(const DueDate& due);

}  // namespace dutylog::calendar
