#pragma once

#include <string_view>
#include <vector>

#include "engine/calendar/calendar_data.hpp"
#include "engine/calendar/work_calendar.hpp"
#include "engine/core/rejection.hpp"

namespace dutylog::calendar {

/// Reads the list of working calendars, one a line, and builds them from tables already read:
///
///     cn,mon-fri,cn-2024 cn-2025 cn-2026
///     cn-plant,mon-sat,cn-2026 north-plant
///
/// Tables that cover years are public holidays, the others days of a site.
/// @param label  the name of the file, for messages
/// @returns the calendars in order of their ids; or a rejection `data_file` that names label, line,
///          what was expected and what was found
Result<std::vector<WorkCalendar>> parse_calendars(std::string_view label, std::string_view text,
                                                  const std::vector<HolidayTable>& tables);

/// @returns nothing where no calendar has the id
const WorkCalendar* find_calendar(const std::vector<WorkCalendar>& calendars, std::string_view id);

}  // namespace dutylog::calendar
