#include "engine/calendar/window.hpp"

#include "engine/calendar/due.hpp"

namespace dutylog::calendar {

DateWindow window_before(CivilDate event, Period period, const WorkCalendar& calendar) {
    return {count_days(event, period, Direction::before, calendar), event};
}

DateWindow window_after(CivilDate event, Period from, Period to, const WorkCalendar& calendar) {
    return {count_days(event, from, Direction::after, calendar),
            count_days(event, to, Direction::after, calendar)};
}

std::string to_string(const DateWindow& window) {
    return to_string(window.first) + " … " + to_string(window.last);
}

}  // namespace dutylog::calendar
