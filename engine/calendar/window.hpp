#pragma once

#include <string>

#include "engine/calendar/work_calendar.hpp"
#include "engine/core/civil_date.hpp"
#include "engine/core/period.hpp"

namespace dutylog::calendar {

/// Civil days in which something has to be done, both ends in. A window never moves over rest days.
struct DateWindow {
    CivilDate first;
    CivilDate last;

    bool contains(CivilDate date) const { return first <= date && date <= last; }
    friend bool operator==(const DateWindow&, const DateWindow&) = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(first, last);
    }
};

/// "Within 30 days before leaving": from 30 days before the event to the event itself.
DateWindow window_before(CivilDate event, Period period, const WorkCalendar& calendar);

/// "11 to 13 months after the last one". @pre `from` ends no later than `to`
DateWindow window_after(CivilDate event, Period from, Period to, const WorkCalendar& calendar);

/// `2025-10-31 … 2025-11-30`
std::string to_string(const DateWindow& window);

}  // namespace dutylog::calendar
