#include "engine/calendar/calendar_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "engine/calendar/csv_lines.hpp"

namespace dutylog::calendar {

namespace {

Result<void> add_tables(std::string_view label, const CsvLine& line,
                        const std::vector<HolidayTable>& tables, CalendarLayers& layers) {
    std::string_view ids = line.fields[2];
    while (!ids.empty()) {
        const std::string_view id = ids.substr(0, ids.find(' '));
        ids.remove_prefix(std::min(id.size() + 1, ids.size()));
        if (id.empty()) continue;
        const auto found = std::find_if(tables.begin(), tables.end(),
                                        [&](const HolidayTable& table) { return table.id == id; });
        if (found == tables.end())
            return csv_error(label, line.number, "the id of a table that was read", id);
        (found->covers_years() ? layers.holidays : layers.site).push_back(*found);
    }
    return {};
}

Result<WorkCalendar> calendar_of(std::string_view label, const CsvLine& line,
                                 const std::vector<HolidayTable>& tables) {
    if (line.fields.size() != 3)
        return csv_error(label, line.number, "3 fields: id, week, tables",
                         fmt::format("{} fields", line.fields.size()));
    if (!is_data_id(line.fields[0]))
        return csv_error(label, line.number, "an id of letters, digits, '.', '_' and '-'",
                         line.fields[0]);
    const auto week = parse_week_mask(line.fields[1]);
    if (!week) return csv_error(label, line.number, "a week like mon-fri", line.fields[1]);
    CalendarLayers layers{.id = line.fields[0], .week = *week, .holidays = {}, .site = {}};
    if (auto added = add_tables(label, line, tables, layers); !added)
        return std::unexpected{added.error()};
    return WorkCalendar::of(std::move(layers));
}

}  // namespace

Result<std::vector<WorkCalendar>> parse_calendars(std::string_view label, std::string_view text,
                                                  const std::vector<HolidayTable>& tables) {
    const auto lines = read_csv_lines(label, text);
    if (!lines) return std::unexpected{lines.error()};
    std::vector<WorkCalendar> calendars;
    for (const CsvLine& line : *lines) {
        auto calendar = calendar_of(label, line, tables);
        if (!calendar) return std::unexpected{std::move(calendar.error())};
        if (find_calendar(calendars, calendar->id()) != nullptr)
            return csv_error(label, line.number, "each calendar only once", calendar->id());
        calendars.push_back(std::move(*calendar));
    }
    std::sort(calendars.begin(), calendars.end(),
              [](const WorkCalendar& a, const WorkCalendar& b) { return a.id() < b.id(); });
    return calendars;
}

const WorkCalendar* find_calendar(const std::vector<WorkCalendar>& calendars, std::string_view id) {
    const auto found = std::find_if(calendars.begin(), calendars.end(),
                                    [&](const WorkCalendar& c) { return c.id() == id; });
    return found == calendars.end() ? nullptr : &*found;
}

}  // namespace dutylog::calendar
