#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/civil_date.hpp"
#include "engine/core/instant.hpp"
#include "engine/core/period.hpp"
#include "engine/core/text.hpp"

namespace dutylog::calendar {

/// One kind of reasoning on the way to a due date. Stored: values are never given a new meaning.
enum class StepKind : std::uint8_t {
    local_day = 0,          ///< `at` falls on `date` in the zone `source`
    day_not_counted = 1,    ///< the event is on `date`; counting begins on `other`
    first_day_counted = 2,  ///< the event is on `date`, which is counted as the first day
    fixed_day = 3,          ///< the rule names `date` itself
    counted = 4,            ///< `period` after (before, where `other` > `date`) ends on `date`
    last_of_month = 5,      ///< the month has no corresponding day; its last day is `date`
    rest_days_skipped = 6,  ///< `date` … `other` are no working days: `name`, table `source`
    extra_days_worked = 7,  ///< `date` … `other` are working days by `name`, table `source`
    more_ranges = 8,        ///< `period.count` further ranges of holidays or make-up days were met
    rest_day = 9,           ///< `date` is a rest day: by the week, or by `name`, table `source`
    workday = 10,           ///< `date` is a workday only by `name`, table `source`; it stays
    rolled_forward = 11,    ///< the next workday is `date`
    rolled_back = 12,       ///< the workday before is `date`
    not_rolled = 13,        ///< the rule does not move its end over rest days: it stays on `date`
    two_workdays = 14,      ///< EU: with two working days in the period the end is `date`
    provisional = 15,       ///< no holiday data for the year of `date`: only the week was asked
    from_moment = 16,       ///< counted from the moment `at`
    start_of_day = 17,      ///< no moment is known: counted from 00:00 of `date`, the instant `at`
    moment_after = 18,      ///< `period` later is `at`; hours never move
    moment_before = 19,     ///< `period` earlier is `at`; hours never move
    end_of_day = 20,        ///< `date` ends at `at`, in the zone `source`
    at_once = 21            ///< due at the moment `at` itself
};
constexpr StepKind last_of(StepKind) { return StepKind::at_once; }

/// One step of the computation, with the days and data it rests on. What a kind does not use is
/// left empty.
struct TraceStep {
    StepKind kind{};
    CivilDate date;
    CivilDate other;
    Period period;
    Instant at;
    std::int32_t offset_s = 0;  ///< east of UTC at `at`, so that it can be shown in local time
    std::string source;         ///< id of a holiday table, or name of a zone
    Text name;                  ///< what the table calls the days

    friend bool operator==(const TraceStep&, const TraceStep&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(kind, date, other, period, at, offset_s, source, name);
    }
};

/// The steps in the order they were taken. At most `trace_ranges_max` ranges of days are named.
using Trace = std::vector<TraceStep>;
constexpr std::int32_t trace_ranges_max = 8;

}  // namespace dutylog::calendar
