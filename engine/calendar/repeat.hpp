#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/calendar/window.hpp"
#include "engine/calendar/work_calendar.hpp"
#include "engine/core/civil_date.hpp"
#include "engine/core/period.hpp"

namespace dutylog::calendar {

/// How a repeated duty finds its next turn.
enum class RepeatMode : std::uint8_t {
    rolling,   ///< a period after the last valid completion, early or late
    anchored,  ///< the same day each period, counted from the anchor, without drift
    calendar,  ///< any day of the year (half-year, quarter, month) satisfies it; due on its last
    iso_week   ///< any day of the week satisfies it; due on Sunday
};
constexpr RepeatMode last_of(RepeatMode) { return RepeatMode::iso_week; }

/// How often a duty returns. `period` for calendar is 1, 2, 3, 4 or 6 months, or whole years; for
/// iso_week weeks. The anchor is the day from which the first turn is counted.
struct RepeatRule {
    RepeatMode mode = RepeatMode::rolling;
    Period period;
    CivilDate anchor;

    friend bool operator==(const RepeatRule&, const RepeatRule&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(mode, period, anchor);
    }
};

/// What came before: the last valid completion, and the nominal due day of the turn it satisfied.
/// The latter keeps a late completion from standing for the next turn as well.
struct LastTurn {
    std::optional<CivilDate> completed;
    std::optional<CivilDate> due;
};

/// One turn of a repeated duty.
struct Occurrence {
    std::string key;  ///< `2026`, `2026-H1`, `2026-Q3`, `2026-05`, `2026-W53`, or the due day
    DateWindow
        counts;  ///< the days on which a completion is regular; `last` is the nominal due day

    CivilDate due() const { return counts.last; }
    friend bool operator==(const Occurrence&, const Occurrence&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(key, counts);
    }
};

/// Whether mode and period fit together: calendar needs months that divide a year, or years;
/// iso_week needs weeks; all need a period of a day or more.
bool is_valid(const RepeatRule& rule);

/// The turn that follows the last one, or the first turn where there is none.
///
/// - rolling: completion (else the anchor) + period.
/// - anchored: the first of anchor + 1, 2, … periods after the last due day; where only a
/// completion
///   is known, it stands for the turn whose span it fell into.
/// - calendar, iso_week: the block after the one last satisfied; with none, the block of the
/// anchor.
/// @pre is_valid(rule)
Occurrence next_occurrence(const RepeatRule& rule, const LastTurn& last,
                           const WorkCalendar& calendar);

/// `2026-W53`
std::string week_key(CivilDate date);

}  // namespace dutylog::calendar
