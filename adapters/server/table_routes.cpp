#include <boost/json/array.hpp>

#include "adapters/server/reads.hpp"
#include "engine/history/questions.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Route;

namespace {

json::object days_json(const calendar::HolidayTable& table, Language language) {
    json::array days;
    for (const calendar::DayRange& range : table.days)
        days.push_back({{"first", to_string(range.first)},
                        {"last", to_string(range.last)},
                        {"works", range.works},
                        {"name", range.name.in(language)}});
    return {{"table", table.id}, {"source", table.source}, {"days", std::move(days)}};
}

json::object calendar_json(const calendar::WorkCalendar& calendar, Language language) {
    json::array tables;
    for (const auto& list : {calendar.layers().holidays, calendar.layers().site})
        for (const calendar::HolidayTable& table : list)
            tables.push_back(days_json(table, language));
    return {{"calendar", calendar.id()},
            {"version", to_hex(calendar.version())},
            {"tables", std::move(tables)}};
}

Route list_calendars(const Desk& desk) {
    auto answer = [&desk](const Call& call) -> json::object {
        const Asked asked = desk.reading.asked(call);
        json::array list;
        std::string used;
        if (asked.world->rules != nullptr) {
            used = asked.world->rules->library().calendar;
            for (const auto& [id, calendar] : asked.world->rules->bundle().calendars)
                list.push_back(calendar_json(calendar, call.language));
        }
        return {{"cut", asked.cut}, {"used", used}, {"calendars", std::move(list)}};
    };
    return route_of(desk,
                    Question{.path = "/calendars",
                             .operation = "list_calendars",
                             .summary = {"工作日历", "The working calendars, with their days"},
                             .parameters = clock_parameters(),
                             .schema = "Calendars",
                             .answer = std::move(answer)});
}

Route list_editions(const Desk& desk) {
    auto answer = [&desk](const Call& call) -> json::object {
        const Asked asked = desk.reading.asked(call);
        const std::string& table = call.path.at("table");
        if (asked.world->rules == nullptr || !asked.world->rules->bundle().tables.contains(table))
            throw http::problem("not_found", {"没有数据表 `" + table + "`。",
                                              "There is no table `" + table + "`."});
        const std::string& given = call.parameter("on");
        const CivilDate on = given.empty() ? asked.world->rules->zone().local(asked.at).date
                                           : *parse_civil_date(given);
        return {{"cut", asked.cut},
                {"table", table},
                {"on", to_string(on)},
                {"editions", history::editions(*asked.world, table, on)}};
    };
    return route_of(
        desk,
        Question{
            .path = "/tables/{table}/editions",
            .operation = "list_editions",
            .summary = {"某日适用的版次", "Which editions of a standard's table hold on a day"},
            .parameters =
                with_clocks({{.name = "on",
                              .meaning = {"日期；省略时为当日", "The day; today where left out."},
                              .type = http::ParameterType::date}}),
            .schema = "Editions",
            .problems = {"not_found"},
            .answer = std::move(answer)});
}

}  // namespace

http::RouteTable table_routes(const Desk& desk) {
    return {list_calendars(desk), list_editions(desk)};
}

}  // namespace dutylog::server
