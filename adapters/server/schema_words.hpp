#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string_view>

/// The few words that JSON Schemas of answers are written in.
namespace dutylog::server::schema_words {

namespace json = boost::json;

inline json::object text() { return {{"type", "string"}}; }
inline json::object truth() { return {{"type", "boolean"}}; }
inline json::object number() { return {{"type", "integer"}}; }
inline json::object date() { return {{"type", "string"}, {"format", "date"}}; }
inline json::object instant() { return {{"type", "string"}, {"format", "date-time"}}; }
/// An object about whose members nothing is said: fields that a library declares.
inline json::object any_object() { return {{"type", "object"}, {"additionalProperties", true}}; }
inline json::object list_of(json::object items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}
inline json::object map_of(json::object values) {
    return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}
inline json::object named(std::string_view schema) {
    return {{"$ref", "#/components/schemas/" + std::string{schema}}};
}

/// An object of which these members are always there.
inline json::object object_of(json::object properties) {
    json::array required;
    for (const auto& property : properties) required.emplace_back(property.key());
    return {{"type", "object"},
            {"required", std::move(required)},
            {"properties", std::move(properties)}};
}

/// The same with members that may be there.
inline json::object with_optional(json::object schema, const json::object& properties) {
    for (const auto& property : properties)
        schema["properties"].as_object()[property.key()] = property.value();
    return schema;
}

/// What a step may say of itself besides its name and where it stands.
inline json::object step_members() {
    return {
        {"owner", text()},
        {"role", text()},
        {"vacant", truth()},
        {"due", date()},
        {"by", text()},
        {"on", date()},
        {"event", number()},
        {"outcome", text()},
        {"signers",
         list_of(object_of({{"person", text()}, {"asked_by", text()}, {"signed", truth()}}))},
        {"more_time", object_of({{"asked_by", text()}, {"approver", text()}, {"until", date()}})}};
}

/// A page of a list: `next` is there where there are more.
inline json::object page_of(const char* name, json::object entry, json::object more = {}) {
    json::object members = std::move(more);
    members[name] = list_of(std::move(entry));
    return with_optional(object_of(std::move(members)), {{"next", text()}});
}

}  // namespace dutylog::server::schema_words
