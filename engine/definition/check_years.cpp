#include <algorithm>

#include "engine/definition/checker.hpp"

namespace dutylog::definition {

namespace {

/// Whether the calendar has public holidays of some year; one without them is meant so.
bool has_years(const calendar::WorkCalendar& calendar) {
    for (int year = calendar::HolidayLimits::year_min; year <= calendar::HolidayLimits::year_max;
         ++year)
        if (calendar.covers(year)) return true;
    return false;
}

}  // namespace

void check_years(const Definition& definition, const std::vector<TestCase>& tests,
                 const Ground& ground) {
    const auto calendar = ground.calendars.find(ground.library.calendar);
    if (calendar == ground.calendars.end() || tests.empty()) return;
    if (definition.roll == calendar::Roll::none || !has_years(calendar->second)) return;
    for (const TestCase& test : tests) {
        const auto given = std::ranges::find_if(test.given, [&](const Given& line) {
            return line.on != CivilDate{} && !calendar->second.covers(line.on.year());
        });
        if (given == test.given.end()) continue;
        ground.out.add("DL0407", given->where,
                       {{"name", calendar->first}, {"year", std::to_string(given->on.year())}});
    }
}

}  // namespace dutylog::definition
