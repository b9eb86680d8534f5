#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/calendar/calendar_data.hpp"
#include "engine/calendar/calendar_set.hpp"
#include "engine/calendar/due.hpp"
#include "engine/calendar/work_calendar.hpp"
#include "engine/calendar/zone.hpp"
#include "engine/calendar/zone_data.hpp"

/// The shipped calendars and zones, read as the product reads them.
namespace dutylog::calendar::test {

inline std::string text_of(const std::string& path) {
    std::ifstream file{std::string{DUTYLOG_SOURCE_DIR} + "/" + path, std::ios::binary};
    if (!file) throw std::runtime_error{"cannot read " + path};
    std::ostringstream text;
    text << file.rdbuf();
    return std::move(text).str();
}

template <class T>
T value_of(Result<T> result) {
    if (!result) throw std::runtime_error{result.error().detail};
    return std::move(*result);
}

inline HolidayTable shipped_table(const std::string& id) {
    return value_of(
        parse_holiday_table(id + ".csv", text_of("workflows/calendars/" + id + ".csv")));
}

inline std::vector<HolidayTable> shipped_tables() {
    return {shipped_table("cn-2024"), shipped_table("cn-2025"), shipped_table("cn-2026"),
            shipped_table("example-plant")};
}

inline const WorkCalendar& work_calendar(const std::string& id) {
    static const std::vector<WorkCalendar> calendars = value_of(parse_calendars(
        "calendars.csv", text_of("workflows/calendars/calendars.csv"), shipped_tables()));
    const WorkCalendar* found = find_calendar(calendars, id);
    if (found == nullptr) throw std::runtime_error{"no calendar " + id};
    return *found;
}

inline const WorkCalendar& china() { return work_calendar("cn"); }

inline const std::vector<Zone>& zones() {
    static const std::vector<Zone> all =
        value_of(parse_zones("zones.csv", text_of("workflows/zones/zones.csv")));
    return all;
}

inline const Zone& zone(const std::string& name) {
    const Zone* found = find_zone(zones(), name);
    if (found == nullptr) throw std::runtime_error{"no zone " + name};
    return *found;
}

inline const Zone& shanghai() { return zone("Asia/Shanghai"); }

inline CivilDate day(const char* text) { return parse_civil_date(text).value(); }
inline Instant moment(const char* text) { return parse_instant(text).value(); }
inline Period period(const char* text) { return parse_period(text).value(); }

}  // namespace dutylog::calendar::test
