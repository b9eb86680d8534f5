#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/calendar/work_calendar.hpp"
#include "engine/calendar/zone.hpp"
#include "engine/core/instant.hpp"
#include "engine/core/rejection.hpp"
#include "engine/notice/message.hpp"

/// When a person wants to be told.
namespace dutylog::notice {

/// Minutes after 00:00 on the wall clock of the site.
using MinuteOfDay = std::int32_t;

struct QuietHours {
    MinuteOfDay from = 22 * 60;
    MinuteOfDay to = 7 * 60;  ///< first minute that is not quiet; before `from` over midnight
    bool holds(MinuteOfDay minute) const;
};

struct TellingTimes {
    std::vector<MinuteOfDay> slots{9 * 60};  ///< in order; empty: as it comes
    std::optional<QuietHours> quiet{QuietHours{}};
    bool working_days_only = true;
    bool critical_at_once = true;  ///< what is critical waits for no slot, no morning, no Monday
};

/// @returns a rejection `telling_times` for minutes that a day has not, slots out of order or in
/// quiet hours, or quiet hours without end
Result<TellingTimes> checked(TellingTimes times);

/// The calendar and the clock of the site where the person works.
struct SiteTime {
    const calendar::Zone& zone;
    const calendar::WorkCalendar& calendar;
};

/// When a notice that was planned at `planned` goes out.
/// @param latest  it is never held past this instant (the end of the due day, say): where it would
///   be, it goes out at once
/// @pre `checked` has accepted the times
Instant telling_time(const TellingTimes& times, Severity severity, Instant planned,
                     std::optional<Instant> latest, const SiteTime& site);

}  // namespace dutylog::notice
