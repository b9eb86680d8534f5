#include "adapters/server/reads.hpp"
#include "adapters/server/schema_words.hpp"

namespace dutylog::server {

namespace json = boost::json;
using namespace schema_words;  // NOLINT: a schema is written in them

namespace {

/// On which of the three clocks an answer rests.
json::object cut() {
    return with_optional(object_of({}),
                         {{"at", instant()},
                          {"known_at", instant()},
                          {"as_true", truth()},
                          {"hypothetical", truth()},
                          {"rules", with_optional(object_of({}), {{"valid_on", date()},
                                                                  {"off", list_of(date())},
                                                                  {"work", list_of(date())}})},
                          {"not_possible", list_of(text())}});
}

json::object about_duty(const char* member, json::object answer) {
    return object_of({{"duty", text()}, {"cut", named("Cut")}, {member, std::move(answer)}});
}

json::object open_duty() {
    return object_of({{"duty", text()},
                      {"definition", text()},
                      {"of", text()},
                      {"cycle", number()},
                      {"phase", text()},
                      {"due", date()},
                      {"effective", date()},
                      {"overdue", truth()},
                      {"owners", list_of(text())},
                      {"open", list_of(text())}});
}

json::object duty_state() {
    const json::object child = object_of({{"duty", text()}, {"of", text()}});
    return with_optional(object_of({{"known", truth()},
                                    {"phase", text()},
                                    {"open", list_of(text())},
                                    {"overdue", truth()}}),
                         {{"cycles", number()},
                          {"cycle", number()},
                          {"due", date()},
                          {"effective", date()},
                          {"enforced", date()},
                          {"window_from", date()},
                          {"known_since", date()},
                          {"provisional", truth()},
                          {"late_known", truth()},
                          {"met", truth()},
                          {"missed", truth()},
                          {"assumed", truth()},
                          {"met_on", date()},
                          {"last_met_on", date()},
                          {"days_late", number()},
                          {"working_days_late", number()},
                          {"health", text()},
                          {"duties", number()},
                          {"findings", number()},
                          {"vacant", number()},
                          {"children_open", list_of(child)},
                          {"children_overdue", list_of(child)},
                          {"carried_in", list_of(text())}});
}

json::object cycles() {
    const json::object step = with_optional(
        object_of({{"step", text()}, {"status", text()}, {"missed", truth()}}), step_members());
    const json::object running =
        with_optional(object_of({{"cycle", number()},
                                 {"phase", text()},
                                 {"due", date()},
                                 {"effective", date()},
                                 {"enforced", date()},
                                 {"met", truth()},
                                 {"missed", truth()},
                                 {"steps", list_of(step)},
                                 {"findings", list_of(object_of({{"finding", text()},
                                                                 {"step", text()},
                                                                 {"severity", text()},
                                                                 {"closed", truth()},
                                                                 {"event", number()}}))}}),
                      {{"met_on", date()}});
    const json::object past = with_optional(object_of({{"cycle", number()},
                                                       {"due", date()},
                                                       {"effective", date()},
                                                       {"met", truth()},
                                                       {"missed", truth()}}),
                                            {{"met_on", date()}});
    return object_of({{"running", list_of(running)}, {"past", list_of(past)}});
}

json::object explanation() {
    return with_optional(object_of({}), {{"expression", text()},
                                         {"due", date()},
                                         {"effective", date()},
                                         {"enforced", date()},
                                         {"calendar", text()},
                                         {"provisional", truth()},
                                         {"sentences", list_of(text())},
                                         {"basis", list_of(text())}});
}

/// Of one person: the newest date of each thing that became of the notices.
json::object told() {
    return map_of(
        with_optional(object_of({{"events", list_of(number())}}), {{"planned", date()},
                                                                   {"sent", date()},
                                                                   {"delivered", date()},
                                                                   {"read", date()},
                                                                   {"acknowledged", date()},
                                                                   {"failed", date()},
                                                                   {"skipped", date()}}));
}

json::object breach() {
    return with_optional(object_of({{"duty", text()},
                                    {"of", text()},
                                    {"basis", text()},
                                    {"due", date()},
                                    {"due_at", instant()},
                                    {"kind", text()},
                                    {"known_since", date()},
                                    {"event", number()}}),
                         {{"step", text()}, {"tracked", truth()}});
}

json::object event() {
    return with_optional(object_of({{"event", number()},
                                    {"recorded", instant()},
                                    {"true_on", date()},
                                    {"stream", text()},
                                    {"type", text()},
                                    {"says", text()}}),
                         {{"by", text()}, {"cause", number()}});
}

}  // namespace

json::object read_schemas() {
    json::object schemas;
    schemas["Cut"] = cut();
    schemas["Event"] = event();
    const json::object cut_member{{"cut", named("Cut")}};
    schemas["Duties"] = page_of("duties", open_duty(), cut_member);
    schemas["DutyState"] = about_duty("state", duty_state());
    schemas["Cycles"] = about_duty("cycles", cycles());
    schemas["Explanation"] = about_duty("why", explanation());
    schemas["Deliveries"] = about_duty("told", told());
    schemas["Breaches"] = object_of({{"cut", named("Cut")}, {"breaches", list_of(breach())}});
    schemas["Timeline"] = page_of("events", named("Event"), cut_member);
    for (auto& [name, schema] : list_schemas()) schemas[name] = std::move(schema);
    schemas["Readiness"] = object_of({{"ready", truth()}});
    return schemas;
}

}  // namespace dutylog::server
