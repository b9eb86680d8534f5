#include "adapters/server/reads.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "adapters/cli/event_lines.hpp"
#include "adapters/server/answering.hpp"
#include "adapters/server/duty_list.hpp"
#include "engine/history/questions.hpp"
#include "engine/history/words.hpp"

namespace dutylog::server {

namespace json = boost::json;
using http::Call;
using http::Parameter;
using http::ParameterType;
using http::Response;
using http::Route;

namespace {

constexpr const char* duty_path = "/api/v1/duties/{definition}/{kind}/{of}";
constexpr const char* readers = "own|manage|investigate";
constexpr std::int64_t page_default = 50;
constexpr std::int64_t page_max = 500;

Parameter limit_parameter() {
    return {.name = "limit",
            .meaning = {"每页条数", "How many at most."},
            .type = ParameterType::integer,
            .min = 1,
            .max = page_max};
}

Parameter cursor_parameter() {
    return {.name = "cursor", .meaning = {"上一页答复中的 `next`", "`next` of the page before."}};
}

std::vector<Parameter> with_clocks(std::vector<Parameter> parameters) {
    for (Parameter& clock : clock_parameters()) parameters.push_back(std::move(clock));
    return parameters;
}

std::vector<Parameter> duty_parameters(std::vector<Parameter> more = {}) {
    std::vector<Parameter> parameters{
        {.name = "definition", .meaning = {"定义编号", "Id of the definition."}},
        {.name = "kind", .meaning = {"对象种类", "Kind of the subject."}},
        {.name = "of", .meaning = {"对象编号", "Id of the subject."}}};
    for (Parameter& each : more) parameters.push_back(std::move(each));
    return parameters;
}

/// The list a cursor belongs to: the operation and every filter, but not the cursor itself.
std::string list_name(const std::string& operation, const Call& call) {
    std::string name = operation;
    for (const auto& [parameter, value] : call.query)
        if (parameter != "cursor" && parameter != "limit") name += "&" + parameter + "=" + value;
    return name + "&by=" + call.caller->id;
}

std::string cursor_place(const http::Cursors& cursors, const std::string& list, const Call& call) {
    const std::string& mark = call.parameter("cursor");
    if (mark.empty()) return {};
    const auto place = cursors.place(list, mark);
    if (!place) throw http::problem("bad_cursor", {}, "?cursor");
    return *place;
}

struct Shared {
    http::WorkQueue& queue;
    Reading& reading;
    const http::Cursors& cursors;
};

Route list_duties(const Shared& shared) {
    auto work = [shared](const Call& call) {
        const Asked asked = shared.reading.asked(call);
        const std::string list = list_name("list_duties", call);
        const std::string after = cursor_place(shared.cursors, list, call);
        DutyFilter filter{.about = subject_parameter(call, *asked.world, "of"),
                          .definition = call.parameter("definition"),
                          .owner = call.parameter("owner"),
                          .before = call.parameter("before"),
                          .overdue = call.parameter("overdue") == "true"};
        const auto limit = static_cast<std::size_t>(call.integer("limit", page_default));
        DutyPage page = list_duties_page(asked, filter, caller_of(call), after, limit);
        json::object answer{{"cut", asked.cut}, {"duties", std::move(page.duties)}};
        if (!page.next.empty()) answer["next"] = shared.cursors.mark(list, page.next);
        return http::json_response(200, answer);
    };
    return {
        .path = "/api/v1/duties",
        .operation = "list_duties",
        .summary = {"未了义务，按期限排列", "What is open, by its date"},
        .permission = readers,
        .parameters = with_clocks(
            {{.name = "of",
              .meaning = {"只列该对象及其所含者", "Only this subject and what lives inside it."}},
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
        .response_schema = "Duties",
        .problems = {"bad_cursor", "busy"},
        .handler = asking(shared.queue, std::move(work))};
}

Route read_duty(const Shared& shared) {
    auto work = [shared](const Call& call) {
        const Asked asked = shared.reading.asked(call);
        const pdca::Duty& duty = duty_of(call, *asked.world);
        return http::json_response(
            200, {{"duty", duty.stream.str()},
                  {"cut", asked.cut},
                  {"state", history::duty_state(*asked.world, duty.stream, asked.at)}});
    };
    return {.path = duty_path,
            .operation = "read_duty",
            .summary = {"一项义务的状态（三个时间）", "How a duty stands, on three clocks"},
            .permission = readers,
            .parameters = duty_parameters(clock_parameters()),
            .response_schema = "DutyState",
            .problems = {"not_found", "busy"},
            .handler = asking(shared.queue, std::move(work))};
}

Route read_cycles(const Shared& shared) {
    auto work = [shared](const Call& call) {
        const Asked asked = shared.reading.asked(call);
        const pdca::Duty& duty = duty_of(call, *asked.world);
        return http::json_response(
            200, {{"duty", duty.stream.str()}, {"cut", asked.cut}, {"cycles", cycles_json(duty)}});
    };
    return {.path = std::string{duty_path} + "/cycles",
            .operation = "list_cycles",
            .summary = {"各次循环及其步骤、问题", "Its cycles, with their steps and findings"},
            .permission = readers,
            .parameters = duty_parameters(clock_parameters()),
            .response_schema = "Cycles",
            .problems = {"not_found", "busy"},
            .handler = asking(shared.queue, std::move(work))};
}

Route explain_duty(const Shared& shared) {
    auto work = [shared](const Call& call) {
        const Asked asked = shared.reading.asked(call);
        const pdca::Duty& duty = duty_of(call, *asked.world);
        return http::json_response(
            200, {{"duty", duty.stream.str()},
                  {"cut", asked.cut},
                  {"why", history::explain_date(*asked.world, duty.stream, call.language)}});
    };
    return {.path = std::string{duty_path} + "/why",
            .operation = "explain_duty",
            .summary = {"期限的由来", "Why on that date"},
            .permission = readers,
            .parameters = duty_parameters(clock_parameters()),
            .response_schema = "Explanation",
            .problems = {"not_found", "busy"},
            .handler = asking(shared.queue, std::move(work))};
}

Route list_deliveries(const Shared& shared) {
    auto work = [shared](const Call& call) {
        const Asked asked = shared.reading.asked(call);
        const pdca::Duty& duty = duty_of(call, *asked.world);
        return http::json_response(
            200, {{"duty", duty.stream.str()},
                  {"cut", asked.cut},
                  {"told", history::told(shared.reading.store(), *asked.world, duty.stream,
                                         asked.known_at)}});
    };
    return {.path = std::string{duty_path} + "/deliveries",
            .operation = "list_deliveries",
            .summary = {"通知了谁，送达与否", "Who was told, and whether it arrived"},
            .permission = "manage|investigate",
            .parameters = duty_parameters(clock_parameters()),
            .response_schema = "Deliveries",
            .problems = {"not_found", "busy"},
            .handler = asking(shared.queue, std::move(work))};
}

Route first_missed(const Shared& shared) {
    auto work = [shared](const Call& call) {
        const Asked asked = shared.reading.asked(call);
        return http::json_response(
            200,
            {{"cut", asked.cut},
             {"breaches", breaches_within(*asked.world, subject_parameter(call, *asked.world, "of"),
                                          caller_of(call))}});
    };
    return {
        .path = "/api/v1/first-missed",
        .operation = "first_missed",
        .summary = {"最先错过的期限：全部违规，按应履行时间排序",
                    "Which deadline was missed first: every breach, in the order they were due"},
        .permission = "investigate",
        .parameters = with_clocks(
            {{.name = "of",
              .meaning = {"只列该对象及其所含者", "Only this subject and what lives inside it."}}}),
        .response_schema = "Breaches",
        .problems = {"busy"},
        .handler = asking(shared.queue, std::move(work))};
}

/// One page of events, in the order they were recorded.
json::object timeline_page(const Shared& shared, const Call& call) {
    const pdca::World& world = shared.reading.now();
    const Reference about = subject_parameter(call, world, "of");
    const TokenCaller& caller = caller_of(call);
    const std::string list = list_name("timeline", call);
    const std::string after = cursor_place(shared.cursors, list, call);
    const log::Position from = after.empty() ? 1 : std::stoull(after) + 1;
    const auto limit = static_cast<std::size_t>(call.integer("limit", page_default));
    const cli::Narrator narrator{world, call.language};
    json::array events;
    log::Position last = 0;
    bool more = false;
    shared.reading.store().scan(from, [&](const log::StoredEvent& stored) {
        if (!concerns(world, stored.envelope.stream, about, caller)) return true;
        more = events.size() == limit;
        if (more) return false;
        events.push_back(cli::event_json(narrator, stored));
        last = stored.envelope.position;
        return true;
    });
    json::object page{{"events", std::move(events)}};
    if (more) page["next"] = shared.cursors.mark(list, std::to_string(last));
    return page;
}

Route timeline(const Shared& shared) {
    auto work = [shared](const Call& call) {
        return http::json_response(200, timeline_page(shared, call));
    };
    return {.path = "/api/v1/timeline",
            .operation = "timeline",
            .summary = {"按记录先后列出经过", "What happened, in the order it was recorded"},
            .permission = "investigate",
            .parameters = {{.name = "of",
                            .meaning = {"只列该对象及其义务", "Only this subject and its duties."}},
                           limit_parameter(),
                           cursor_parameter()},
            .response_schema = "Timeline",
            .problems = {"bad_cursor", "busy"},
            .handler = asking(shared.queue, std::move(work))};
}

}  // namespace

http::RouteTable read_routes(http::WorkQueue& queue, Reading& reading,
                             const http::Cursors& cursors) {
    const Shared shared{queue, reading, cursors};
    return {list_duties(shared),  read_duty(shared),       read_cycles(shared),
            explain_duty(shared), list_deliveries(shared), first_missed(shared),
            timeline(shared)};
}

}  // namespace dutylog::server
