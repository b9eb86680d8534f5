#include "adapters/server/question.hpp"

#include "engine/history/questions.hpp"

namespace dutylog::server {

using http::Call;
using http::Parameter;
using http::Route;

namespace {

constexpr const char* base = "/api/v1";

/// Of a duty nothing was known later than its last event; so the answer stays the same, and its
/// ETag, until the duty changes.
boost::json::object cut_of(const Asked& asked, const pdca::Duty& duty) {
    if (!asked.is_now) return asked.cut;
    return {{"known_at", to_string(duty.touched)}};
}

}  // namespace

Route route_of(const Desk& desk, Question question) {
    question.problems.emplace_back("busy");
    return {.path = base + question.path,
            .operation = std::move(question.operation),
            .summary = std::move(question.summary),
            .permission = question.permission,
            .parameters = std::move(question.parameters),
            .response_schema = std::move(question.schema),
            .problems = std::move(question.problems),
            .handler = asking(desk, question.permission,
                              [answer = std::move(question.answer)](const Call& call) {
                                  return http::json_response(200, answer(call));
                              })};
}

Route route_of(const Desk& desk, DutyQuestion question) {
    auto answer = [&reading = desk.reading, member = std::move(question.member),
                   of_duty = std::move(question.answer)](const Call& call) {
        const Asked asked = reading.asked(call);
        const pdca::Duty& duty = duty_of(call, *asked.world);
        return boost::json::object{{"duty", duty.stream.str()},
                                   {"cut", cut_of(asked, duty)},
                                   {member, of_duty(asked, duty, call)}};
    };
    return route_of(desk, Question{.path = duty_path + question.part,
                                   .operation = std::move(question.operation),
                                   .summary = std::move(question.summary),
                                   .permission = std::move(question.permission),
                                   .parameters = duty_parameters(clock_parameters()),
                                   .schema = std::move(question.schema),
                                   .problems = {"not_found"},
                                   .answer = std::move(answer)});
}

boost::json::object duty_now(const Asked& asked, const pdca::Duty& duty) {
    return {{"duty", duty.stream.str()},
            {"cut", cut_of(asked, duty)},
            {"state", history::duty_state(*asked.world, duty.stream, asked.at)}};
}

std::vector<Parameter> duty_parameters(std::vector<Parameter> more) {
    std::vector<Parameter> parameters{
        {.name = "definition", .meaning = {"定义编号", "Id of the definition."}},
        {.name = "kind", .meaning = {"对象种类", "Kind of the subject."}},
        {.name = "of", .meaning = {"对象编号", "Id of the subject."}}};
    for (Parameter& each : more) parameters.push_back(std::move(each));
    return parameters;
}

std::vector<Parameter> with_clocks(std::vector<Parameter> parameters) {
    for (Parameter& clock : clock_parameters()) parameters.push_back(std::move(clock));
    return parameters;
}

std::vector<Parameter> with_record_clocks(std::vector<Parameter> parameters) {
    for (Parameter& clock : record_clock_parameters()) parameters.push_back(std::move(clock));
    return parameters;
}

Parameter event_parameter() {
    return {.name = "event",
            .meaning = {"事件的位置", "The place of an event in the log."},
            .type = http::ParameterType::integer,
            .min = 1};
}

Parameter about_parameter() {
    return {.name = "of",
            .meaning = {"只列该对象及其所含者", "Only this subject and what lives inside it."}};
}

}  // namespace dutylog::server
