#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "engine/calendar/calendar_data.hpp"
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

inline HolidayTable shipped_table(int year) {
    const std::string name = "cn-" + std::to_string(year) + ".csv";
    return value_of(parse_holiday_table(name, text_of("workflows/calendars/" + name)));
}

inline CalendarLayers china_layers() {
    return {.id = "cn",
            .week = monday_to_friday,
            .holidays = {shipped_table(2024), shipped_table(2025), shipped_table(2026)},
            .site = {}};
}

inline const WorkCalendar& china() {
    static const WorkCalendar calendar = value_of(WorkCalendar::of(china_layers()));
    return calendar;
}

inline const Zone& zone(const std::string& name) {
    static const std::vector<Zone> zones =
        value_of(parse_zones("zones.csv", text_of("workflows/zones/zones.csv")));
    const Zone* found = find_zone(zones, name);
    if (found == nullptr) throw std::runtime_error{"no zone " + name};
    return *found;
}

inline const Zone& shanghai() { return zone("Asia/Shanghai"); }

}  // namespace dutylog::calendar::test
