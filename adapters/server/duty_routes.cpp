#include "adapters/server/duty_list.hpp"
#include "adapters/server/paging.hpp"
#include "adapters/server/reads.hpp"
#include "engine/history/questions.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::ParameterType;
using http::Route;

namespace {

Route list_duties(const Desk& desk) {
    auto answer = [&desk](const Call& call) {
        const Asked asked = desk.reading.asked(call);
        const PageAsked page = page_asked(desk.cursors, "list_duties", call);
        const DutyFilter filter{.about = subject_parameter(call, *asked.world, "of"),
                                .definition = call.parameter("definition"),
                                .owner = call.parameter("owner"),
                                .before = call.parameter("before"),
                                .overdue = call.parameter("overdue") == "true"};
        json::object list{{"cut", asked.cut}};
        put_page(list, "duties", open_duties(asked, filter, caller_of(call)), page, desk.cursors,
                 [&](const OpenDuty& open) { return open_json(open, asked.at); });
        return list;
    };
    return route_of(
        desk,
        Question{
            .path = "/duties",
            .operation = "list_duties",
            .summary = {"未了义务，按期限排列", "What is open, by its date"},
            .parameters = with_clocks(
                {about_parameter(),
                 {.name = "definition", .meaning = {"只列该定义", "Only this definition."}},
                 {.name = "owner",
                  .meaning = {"只列该人有待办步骤者", "Only with an open step of this person."}},
                 {.name = "before",
                  .meaning = {"期限不晚于该日", "Due by that day."},
                  .type = ParameterType::date},
                 {.name = "overdue",
                  .meaning = {"只列逾期者", "Only what is overdue."},
                  .type = ParameterType::truth},
                 limit_parameter(),
                 cursor_parameter()}),
            .schema = "Duties",
            .problems = {"bad_cursor"},
            .answer = std::move(answer)});
}

Route read_duty(const Desk& desk) {
    return route_of(
        desk, DutyQuestion{
                  .operation = "read_duty",
                  .summary = {"一项义务的状态（三个时间）", "How a duty stands, on three clocks"},
                  .schema = "DutyState",
                  .member = "state",
                  .answer = [](const Asked& asked, const pdca::Duty& duty, const Call&) {
                      return history::duty_state(*asked.world, duty.stream, asked.at);
                  }});
}

Route read_cycles(const Desk& desk) {
    return route_of(desk, DutyQuestion{.part = "/cycles",
                                       .operation = "list_cycles",
                                       .summary = {"各次循环及其步骤、问题",
                                                   "Its cycles, with their steps and findings"},
                                       .schema = "Cycles",
                                       .member = "cycles",
                                       .answer = [](const Asked&, const pdca::Duty& duty,
                                                    const Call&) { return cycles_json(duty); }});
}

Route explain_duty(const Desk& desk) {
    return route_of(
        desk,
        DutyQuestion{.part = "/why",
                     .operation = "explain_duty",
                     .summary = {"期限的由来", "Why on that date"},
                     .schema = "Explanation",
                     .member = "why",
                     .answer = [](const Asked& asked, const pdca::Duty& duty, const Call& call) {
                         return history::explain_date(*asked.world, duty.stream, call.language);
                     }});
}

Route list_deliveries(const Desk& desk) {
    return route_of(
        desk,
        DutyQuestion{.part = "/deliveries",
                     .operation = "list_deliveries",
                     .summary = {"通知了谁，送达与否", "Who was told, and whether it arrived"},
                     .permission = "manage|investigate",
                     .schema = "Deliveries",
                     .member = "told",
                     .answer = [&desk](const Asked& asked, const pdca::Duty& duty, const Call&) {
                         return history::told(desk.reading.store(), *asked.world, duty.stream,
                                              asked.known_at);
                     }});
}

}  // namespace

http::RouteTable duty_routes(const Desk& desk) {
    return {list_duties(desk), read_duty(desk), read_cycles(desk), explain_duty(desk),
            list_deliveries(desk)};
}

}  // namespace dutylog::server
