#include "engine/definition/data_files.hpp"

#include <algorithm>

#include "engine/calendar/calendar_set.hpp"
#include "engine/calendar/zone_data.hpp"
#include "engine/core/rejection.hpp"

namespace dutylog::definition {

namespace {

constexpr std::string_view list_path = "calendars/calendars.csv";

/// The rooms that read data give a rejection whose detail begins with `path:line: `.
void add_data_error(const SourceFile& file, const Rejection& rejection, Diagnostics& out) {
    const LineMap lines{file.text};
    std::string_view reason = rejection.detail;
    std::uint32_t line = 0;
    if (reason.starts_with(file.path + ":")) {
        reason.remove_prefix(file.path.size() + 1);
        for (int digits = 0; digits < 8 && !reason.empty() && reason[0] >= '0' && reason[0] <= '9';
             ++digits) {
            line = line * 10 + static_cast<std::uint32_t>(reason[0] - '0');
            reason.remove_prefix(1);
        }
        if (reason.starts_with(": ")) reason.remove_prefix(2);
    }
    line = std::max(line, 1U);
    const std::uint32_t from = lines.line_start(line);
    out.add("DL0515", {file.path, from, from + static_cast<std::uint32_t>(lines.line(line).size())},
            {{"reason", std::string{reason}}});
}

}  // namespace

bool CalendarFiles::read(const std::vector<const SourceFile*>& files, Diagnostics& out) {
    const SourceFile* list = nullptr;
    bool good = true;
    for (const SourceFile* file : files) {
        if (file->path == list_path) {
            list = file;
            continue;
        }
        auto table = calendar::parse_holiday_table(file->path, file->text);
        if (table)
            tables_.push_back(std::move(*table));
        else
            add_data_error(*file, table.error(), out);
        good = good && table.has_value();
    }
    // A list of tables that could not be read would be told as unknown ones.
    if (list == nullptr || !good) return good;
    auto calendars = calendar::parse_calendars(list->path, list->text, tables_);
    if (!calendars) {
        add_data_error(*list, calendars.error(), out);
        return false;
    }
    for (calendar::WorkCalendar& one : *calendars) {
        std::string id = one.id();
        listed_.emplace(std::move(id), std::move(one));
    }
    return true;
}

std::map<std::string, calendar::WorkCalendar> CalendarFiles::make(const std::string& only) {
    if (!listed_.empty() || only.empty()) return std::move(listed_);
    calendar::CalendarLayers layers;
    layers.id = only;
    for (calendar::HolidayTable& table : tables_)
        (table.first_year <= table.last_year ? layers.holidays : layers.site)
            .push_back(std::move(table));
    if (auto calendar = calendar::WorkCalendar::of(std::move(layers)))
        listed_.emplace(only, std::move(*calendar));
    return std::move(listed_);
}

std::map<std::string, calendar::Zone> read_zones(const std::vector<const SourceFile*>& files,
                                                 Diagnostics& out) {
    std::map<std::string, calendar::Zone> zones;
    for (const SourceFile* file : files) {
        auto found = calendar::parse_zones(file->path, file->text);
        if (!found) {
            add_data_error(*file, found.error(), out);
            continue;
        }
        for (calendar::Zone& zone : *found) {
            std::string name = zone.name();
            zones.emplace(std::move(name), std::move(zone));
        }
    }
    return zones;
}

}  // namespace dutylog::definition
