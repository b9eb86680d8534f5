#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/calendar/calendar_data.hpp"
#include "engine/calendar/work_calendar.hpp"
#include "engine/calendar/zone.hpp"
#include "engine/definition/diagnostic.hpp"
#include "engine/definition/source.hpp"

namespace dutylog::definition {

/// Calendars of a library. Without `calendars/calendars.csv` there is one, made of every table.
class CalendarFiles {
public:
    /// @param files  those under `calendars/`
    /// @returns whether all could be read
    bool read(const std::vector<const SourceFile*>& files, Diagnostics& out);
    /// @param only  id of the one calendar where no list names any
    std::map<std::string, calendar::WorkCalendar> make(const std::string& only);

private:
    std::vector<calendar::HolidayTable> tables_;
    std::map<std::string, calendar::WorkCalendar> listed_;
};

/// @param files  those under `zones/`
std::map<std::string, calendar::Zone> read_zones(const std::vector<const SourceFile*>& files,
                                                 Diagnostics& out);

}  // namespace dutylog::definition
