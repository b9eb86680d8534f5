#include "adapters/server/reads.hpp"
#include "adapters/server/schema_words.hpp"

namespace dutylog::server {

namespace json = boost::json;
using namespace schema_words;  // NOLINT: a schema is written in them

namespace {

json::object definition(json::object more = {}) {
    json::object members{
        {"definition", text()},
        {"title", text()},
        {"level", text()},
        {"subject", text()},
        {"valid_from", date()},
        {"version", text()},
        {"basis",
         list_of(object_of({{"obligation", text()}, {"rule", text()}, {"force", text()}}))}};
    for (auto& member : more) members[member.key()] = std::move(member.value());
    return with_optional(object_of(std::move(members)), {{"system", text()}, {"valid_to", date()}});
}

void add_definitions(json::object& schemas) {
    schemas["Definitions"] = object_of(
        {{"cut", named("Cut")}, {"bundle", text()}, {"definitions", list_of(definition())}});
    const json::object step = object_of({{"step", text()},
                                         {"phase", text()},
                                         {"title", text()},
                                         {"owner", text()},
                                         {"measure", truth()}});
    schemas["Definition"] =
        with_optional(definition({{"cut", named("Cut")}, {"steps", list_of(step)}}),
                      {{"file", text()}, {"text", text()}});
    schemas["DefinitionVersions"] =
        object_of({{"definition", text()},
                   {"versions", list_of(object_of({{"version", text()},
                                                   {"bundle", text()},
                                                   {"event", number()},
                                                   {"recorded", instant()},
                                                   {"label", text()},
                                                   {"by", text()},
                                                   {"approver", text()}}))}});
    const json::object line = object_of({{"line", {{"enum", {" ", "-", "+"}}}}, {"text", text()}});
    schemas["Difference"] = object_of(
        {{"definition", text()}, {"from", text()}, {"to", text()}, {"lines", list_of(line)}});
}

void add_calendars(json::object& schemas) {
    const json::object day =
        object_of({{"first", date()}, {"last", date()}, {"works", truth()}, {"name", text()}});
    const json::object table =
        object_of({{"table", text()}, {"source", text()}, {"days", list_of(day)}});
    schemas["Calendars"] = object_of(
        {{"cut", named("Cut")},
         {"used", text()},
         {"calendars",
          list_of(object_of(
              {{"calendar", text()}, {"version", text()}, {"tables", list_of(table)}}))}});
    schemas["Editions"] = object_of(
        {{"cut", named("Cut")}, {"table", text()}, {"on", date()}, {"editions", list_of(text())}});
    schemas["CalendarDays"] = with_optional(
        object_of({}), {{"off", list_of(date())}, {"work", list_of(date())}, {"label", text()}});
}

void add_proposals(json::object& schemas) {
    const json::object file =
        with_optional(object_of({{"path", text()}}), {{"text", {{"type", {"string", "null"}}}}});
    schemas["ChangedFiles"] =
        with_optional(object_of({{"files", list_of(file)}}), {{"label", text()}});
    schemas["Label"] = with_optional(object_of({}), {{"label", text()}});
    schemas["Checked"] = object_of(
        {{"errors", number()}, {"warnings", number()}, {"problems", list_of(any_object())}});
    const json::object proposal = object_of({{"proposal", text()},
                                             {"by", text()},
                                             {"label", text()},
                                             {"base", text()},
                                             {"bundle", text()},
                                             {"changed", list_of(text())}});
    schemas["Proposals"] = object_of({{"proposals", list_of(proposal)}});
    const json::object move = object_of({{"stream", text()}, {"type", text()}, {"says", text()}});
    const json::object impact =
        with_optional(object_of({{"changes", list_of(move)}}),
                      {{"refused", object_of({{"reason", text()}, {"detail", text()}})}});
    schemas["Proposal"] =
        with_optional(proposal, {{"impact", impact}, {"warnings", list_of(any_object())}});
}

void add_imports(json::object& schemas) {
    schemas["Csv"] = {{"type", "string"}, {"description", "CSV with a header (RFC 4180)"}};
    const json::object bad = with_optional(object_of({{"line", number()}, {"reason", text()}}),
                                           {{"column", number()}, {"heading", text()}});
    schemas["Imported"] = object_of({{"rows", number()},
                                     {"commands", number()},
                                     {"repeated", number()},
                                     {"events", number()},
                                     {"encoding", text()},
                                     {"imported", truth()},
                                     {"bad", list_of(bad)}});
}

}  // namespace

json::object rules_schemas() {
    json::object schemas;
    add_definitions(schemas);
    add_calendars(schemas);
    add_proposals(schemas);
    add_imports(schemas);
    return schemas;
}

}  // namespace dutylog::server
