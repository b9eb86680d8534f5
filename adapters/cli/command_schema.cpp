#include <boost/json.hpp>

#include "adapters/cli/command_fields.hpp"
#include "adapters/cli/command_json.hpp"
#include "adapters/cli/command_kinds.hpp"
#include "engine/history/words.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

/// Makes the schema of one command.
class Describing {
public:
    json::object properties;
    json::array required;

    void add(std::string_view key, json::object schema, Need need) {
        properties[key] = std::move(schema);
        if (need == Need::required) required.emplace_back(key);
    }
    void add(std::string_view key, const char* type, const char* words, Need need) {
        add(key, {{"type", type}, {"description", words}}, need);
    }

    void text(std::string_view key, const std::string&, Need need) {
        add(key, {{"type", "string"}}, need);
    }
    void person(std::string_view key, const ActorId&, Need need) {
        add(key, "string", "the id of a person", need);
    }
    void texts(std::string_view key, const std::vector<std::string>&, Need need) {
        add(key, {{"type", "array"}, {"items", {{"type", "string"}}}}, need);
    }
    void cycle(std::string_view key, CycleNumber) {
        add(key, "integer", "left out: the oldest cycle in which it can be done", Need::optional);
    }
    void position(std::string_view key, std::uint64_t, Need need) {
        add(key, "integer", "the place of an event in the log", need);
    }
    void positions(std::string_view key, const std::vector<Position>&) {
        add(key, {{"type", "array"}, {"items", {{"type", "integer"}, {"minimum", 1}}}},
            Need::required);
    }
    void truth(std::string_view key, bool, Need need) { add(key, {{"type", "boolean"}}, need); }
    void date(std::string_view key, CivilDate, Need need) {
        add(key, {{"type", "string"}, {"format", "date"}}, need);
    }
    void instant(std::string_view key, Instant) {
        add(key, {{"type", "string"}, {"format", "date-time"}}, Need::required);
    }
    void digest(std::string_view key, const Digest&, Need need) {
        add(key, {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}}, need);
    }
    void delivery(std::string_view key, Delivery) {
        json::array words;
        for (const Delivery each : deliveries()) words.emplace_back(history::word_of(each));
        add(key, {{"enum", std::move(words)}}, Need::required);
    }
    void subject(std::string_view key, const Reference&, Need need) {
        add(key, "string", "a subject: `worker/zhang`, or the id alone", need);
    }
    void new_subject(std::string_view key, const Reference&, std::string_view parent_key,
                     const Reference&) {
        add(key, {{"type", "string"}, {"pattern", "^[^/]+/.+$"}}, Need::required);
        add(parent_key, "string", "the subject it lives in", Need::optional);
    }
    void name(std::string_view key, const Value&) {
        add(key, {{"type", "string"}}, Need::optional);
    }
    void words(std::string_view key, const Value&) {
        add(key, {{"type", "string"}}, Need::required);
    }
    void fact(std::string_view key, const std::string&, std::string_view of_key,
              const Reference& of, std::string_view value_key, const Value&) {
        add(key, "string", "a fact type of the library", Need::required);
        subject(of_key, of, Need::required);
        add(value_key, "object", "fields as the fact type declares them", Need::optional);
    }
    void duty(std::string_view key, std::string_view of_key, const StreamId&) {
        add(key, "string", "the id of a definition, or a duty's stream", Need::required);
        add(of_key, "string", "the subject, or something inside it", Need::optional);
    }
    void form(std::string_view key, const StreamId&, const std::string&, const Value&) {
        add(key, "object", "fields as the step's form declares them", Need::optional);
    }
};

}  // namespace

json::value command_schema() {
    json::array kinds;
    for (const std::string& name : command_names()) {
        Describing describing;
        describing.add("command", {{"const", name}}, Need::required);
        describing.add("id", "string", "made by the sender; a repeat gets the first answer",
                       Need::optional);
        describing.add("by", "string", "who acts: the id of a person or of a machine",
                       Need::required);
        describing.add("on_behalf_of", "string", "for whom", Need::optional);
        describing.add("at",
                       {{"description",
                         "when it was so: a date, a local time, an instant, `unknown`, or a range; "
                         "left out: now"},
                        {"type", {"string", "object"}}},
                       Need::optional);
        describing.add("because", "string", "why it is entered late", Need::optional);
        Command command = *command_named(name);
        std::visit([&](auto& order) { list_fields(describing, order); }, command);
        kinds.push_back(json::object{{"type", "object"},
                                     {"title", name},
                                     {"properties", std::move(describing.properties)},
                                     {"required", std::move(describing.required)},
                                     {"additionalProperties", false}});
    }
    return json::object{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                        {"title", "A command of Dutylog"},
                        {"oneOf", std::move(kinds)}};
}

}  // namespace dutylog::cli
