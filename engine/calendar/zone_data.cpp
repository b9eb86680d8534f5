#include "engine/calendar/zone_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "engine/calendar/csv_lines.hpp"

namespace dutylog::calendar {

namespace {

bool is_zone_name(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '/' || c == '_' || c == '-' || c == '+';
    };
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), allowed);
}

Result<ZoneRule> rule_of(std::string_view label, const CsvLine& line) {
    if (line.fields.size() != 4)
        return csv_error(label, line.number, "4 fields: name, rule, valid from, source",
                         fmt::format("{} fields", line.fields.size()));
    if (!is_zone_name(line.fields[0]))
        return csv_error(label, line.number, "a name like Asia/Shanghai", line.fields[0]);
    if (!parse_posix_rule(line.fields[1]))
        return csv_error(label, line.number, "a rule like CET-1CEST,M3.5.0,M10.5.0/3",
                         line.fields[1]);
    const auto valid_from = parse_civil_date(line.fields[2]);
    if (!valid_from) return csv_error(label, line.number, "a date YYYY-MM-DD", line.fields[2]);
    if (line.fields[3].empty()) return csv_error(label, line.number, "a source", "");
    return ZoneRule{line.fields[1], *valid_from, line.fields[3]};
}

}  // namespace

Result<std::vector<Zone>> parse_zones(std::string_view label, std::string_view text) {
    const auto lines = read_csv_lines(label, text);
    if (!lines) return std::unexpected{lines.error()};
    std::vector<Zone> zones;
    for (std::size_t i = 0; i < lines->size();) {
        const std::size_t first = i;
        const std::string& name = (*lines)[first].fields.front();
        std::vector<ZoneRule> rules;
        for (; i < lines->size() && (*lines)[i].fields.front() == name; ++i) {
            auto rule = rule_of(label, (*lines)[i]);
            if (!rule) return std::unexpected{std::move(rule.error())};
            if (!rules.empty() && rule->valid_from <= rules.back().valid_from)
                return csv_error(label, (*lines)[i].number, "a day after the rule above begins",
                                 to_string(rule->valid_from));
            rules.push_back(std::move(*rule));
        }
        if (find_zone(zones, name) != nullptr)
            return csv_error(label, (*lines)[first].number, "the rules of a zone together", name);
        auto zone = Zone::of(name, std::move(rules));
        if (!zone) return std::unexpected{std::move(zone.error())};
        zones.push_back(std::move(*zone));
    }
    std::sort(zones.begin(), zones.end(),
              [](const Zone& a, const Zone& b) { return a.name() < b.name(); });
    return zones;
}

const Zone* find_zone(const std::vector<Zone>& zones, std::string_view name) {
    const auto found = std::find_if(zones.begin(), zones.end(),
                                    [&](const Zone& zone) { return zone.name() == name; });
    return found == zones.end() ? nullptr : &*found;
}

}  // namespace dutylog::calendar
