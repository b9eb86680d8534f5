// Reads any bytes as a holiday table, a list of calendars and a list of zones. What is read must
// keep its promises: ranges in order, a calendar that answers, local times that come back.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/calendar/calendar_data.hpp"
#include "engine/calendar/calendar_set.hpp"
#include "engine/calendar/work_calendar.hpp"
#include "engine/calendar/zone_data.hpp"

using namespace dutylog;
using namespace dutylog::calendar;

namespace {

void require(bool promise) {
    if (!promise) std::abort();
}

void ask(const WorkCalendar& calendar) {
    for (const CivilDate date :
         {CivilDate{1970, 1, 1}, CivilDate{2026, 2, 14}, CivilDate{2200, 12, 31}}) {
        const CivilDate next = calendar.workday_on_or_after(date);
        require(calendar.works(next) && calendar.is_workday(next).works);
        require(working_days_between(date, shift_working_days(date, 5, calendar), calendar) == 5);
    }
}

void try_table(std::string_view text) {
    const auto table = parse_holiday_table("fuzz", text);
    if (!table) return require(!table.error().detail.empty());
    require(check(*table).has_value());
    const auto calendar = WorkCalendar::of(
        {.id = "fuzz", .week = monday_to_friday, .holidays = {*table}, .site = {}});
    require(calendar.has_value());
    ask(*calendar);
    for (const DayRange& range : table->days)
        require(calendar->works(range.first) == range.works &&
                calendar->works(range.last) == range.works);
}

void try_zones(std::string_view text) {
    const auto zones = parse_zones("fuzz", text);
    if (!zones) return;
    for (const Zone& zone : *zones)
        for (const auto* at : {"1969-12-31T23:59Z", "2026-03-29T01:00Z", "2026-10-25T00:30Z"}) {
            const LocalTime local = zone.local(*parse_instant(at));
            require(local.micros >= 0 && local.micros < 86'400'000'000);
            require(std::abs(zone.offset_seconds_at(zone.instant(local))) <= 26 * 3'600);
        }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    try_table(text);
    if (const auto calendars = parse_calendars("fuzz", text, {}))
        for (const WorkCalendar& calendar : *calendars) ask(calendar);
    try_zones(text);
    return 0;
}
