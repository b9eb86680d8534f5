#include "adapters/server/reads.hpp"
#include "adapters/server/schema_words.hpp"

namespace dutylog::server {

namespace json = boost::json;
using namespace schema_words;  // NOLINT: a schema is written in them

namespace {

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
            step_members()),
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

json::object list_schemas() {
    json::object schemas;
    add_work(schemas);
    add_subjects(schemas);
    add_record(schemas);
    return schemas;
}

}  // namespace dutylog::server
