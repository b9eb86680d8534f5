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

json::object page_of(const char* name, json::object entry, json::object more = {}) {
    json::object members = std::move(more);
    members[name] = list_of(std::move(entry));
    return with_optional(object_of(std::move(members)), {{"next", text()}});
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
    const json::object step =
        with_optional(object_of({{"step", text()}, {"status", text()}, {"missed", truth()}}),
                      {{"owner", text()},
                       {"role", text()},
                       {"vacant", truth()},
                       {"due", date()},
                       {"by", text()},
                       {"on", date()},
                       {"event", number()},
                       {"outcome", text()}});
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

/// What every entry about something inside a duty says.
json::object inside_duty(json::object more) {
    json::object members{
        {"duty", text()}, {"definition", text()}, {"of", text()}, {"cycle", number()}};
    for (auto& member : more) members[member.key()] = std::move(member.value());
    return object_of(std::move(members));
}

void add_work(json::object& schemas) {
    const json::object cut_member{{"cut", named("Cut")}};
    schemas["Findings"] = page_of("findings",
                                  inside_duty({{"finding", text()},
                                               {"step", text()},
                                               {"severity", text()},
                                               {"closed", truth()},
                                               {"event", number()}}),
                                  cut_member);
    schemas["Measures"] = page_of(
        "measures",
        with_optional(
            inside_duty(
                {{"step", text()}, {"status", text()}, {"missed", truth()}, {"verified", truth()}}),
            {{"owner", text()},
             {"role", text()},
             {"vacant", truth()},
             {"due", date()},
             {"by", text()},
             {"on", date()},
             {"event", number()},
             {"outcome", text()}}),
        cut_member);
    schemas["Deadlines"] = page_of("deadlines",
                                   with_optional(inside_duty({{"due", date()},
                                                              {"effective", date()},
                                                              {"enforced", date()},
                                                              {"ends", instant()},
                                                              {"overdue", truth()},
                                                              {"missed", truth()}}),
                                                 {{"step", text()}}),
                                   cut_member);
    const json::object to =
        object_of({{"person", text()}, {"role", text()}, {"last", text()}, {"failures", number()}});
    schemas["Reminders"] = page_of("reminders",
                                   with_optional(inside_duty({{"notice", text()},
                                                              {"planned", instant()},
                                                              {"moved_on", truth()},
                                                              {"to", list_of(to)}}),
                                                 {{"step", text()}}),
                                   cut_member);
}

/// A sealed field stands as `{"sealed": true}` for who may not open it.
json::object name_or_sealed() {
    return {{"anyOf", {text(), object_of({{"sealed", {{"const", true}}}})}}};
}

void add_subjects(json::object& schemas) {
    const json::object cut_member{{"cut", named("Cut")}};
    const json::object optional{{"in", text()}, {"name", name_or_sealed()}, {"erased", number()}};
    const json::object subject =
        with_optional(object_of({{"subject", text()}, {"event", number()}}), optional);
    schemas["Subjects"] = page_of("subjects", subject, cut_member);
    schemas["Subject"] = with_optional(object_of({{"subject", text()},
                                                  {"event", number()},
                                                  {"cut", named("Cut")},
                                                  {"duties", list_of(text())}}),
                                       optional);
    schemas["Facts"] = page_of("facts",
                               with_optional(object_of({{"event", number()},
                                                        {"of", text()},
                                                        {"fact", text()},
                                                        {"true_on", date()},
                                                        {"recorded", instant()},
                                                        {"by", text()},
                                                        {"value", any_object()}}),
                                             {{"voided", truth()}, {"replaced_by", number()}}),
                               cut_member);
    schemas["Roles"] = object_of(
        {{"cut", named("Cut")},
         {"roles",
          list_of(with_optional(object_of({{"role", text()}, {"of", text()}, {"vacant", truth()}}),
                                {{"title", text()}, {"person", text()}}))}});
}

void add_record(json::object& schemas) {
    const json::object on_it =
        object_of({{"event", number()}, {"stream", text()}, {"type", text()}, {"says", text()}});
    schemas["RestsOn"] = object_of({{"event", number()}, {"rests_on_it", list_of(on_it)}});
    schemas["WhenKnown"] = object_of({{"on", date()},
                                      {"at", instant()},
                                      {"true_on", date()},
                                      {"by", text()},
                                      {"event", number()},
                                      {"told", list_of(text())},
                                      {"opened", list_of(text())}});
    schemas["Acts"] =
        object_of({{"cut", named("Cut")},
                   {"answers", list_of(with_optional(object_of({{"act", text()},
                                                                {"outcome", text()},
                                                                {"members", list_of(text())},
                                                                {"says", list_of(text())},
                                                                {"by", text()},
                                                                {"on", date()},
                                                                {"event", number()}}),
                                                     {{"because", text()}}))}});
    schemas["Supposition"] =
        with_optional(object_of({{"changes", list_of(any_object())}}), {{"until", text()}});
    const json::object supposed =
        with_optional(object_of({{"duty", text()},
                                 {"of", text()},
                                 {"basis", text()},
                                 {"due", date()},
                                 {"due_at", instant()},
                                 {"kind", text()},
                                 {"known_since", date()}}),
                      {{"event", number()}, {"step", text()}, {"tracked", truth()}});
    schemas["Supposed"] = object_of({{"changes", list_of(any_object())},
                                     {"remain", list_of(supposed)},
                                     {"avoided", list_of(supposed)},
                                     {"arisen", list_of(supposed)},
                                     {"not_possible", list_of(text())},
                                     {"log", object_of({{"events", number()}, {"root", text()}})}});
    schemas["Checkpoint"] =
        object_of({{"origin", text()}, {"events", number()}, {"root", text()}, {"text", text()}});
    schemas["KeptCheckpoint"] = object_of({{"text", text()}});
    schemas["Compared"] =
        object_of({{"same_history", truth()}, {"events_then", number()}, {"events_now", number()}});
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
    add_work(schemas);
    add_subjects(schemas);
    add_record(schemas);
    schemas["Readiness"] = object_of({{"ready", truth()}});
    return schemas;
}

}  // namespace dutylog::server
