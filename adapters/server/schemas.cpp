#include <boost/json/array.hpp>

#include "adapters/cli/command_json.hpp"
#include "adapters/server/orders.hpp"
#include "adapters/server/reads.hpp"

namespace dutylog::server {

namespace json = boost::json;

namespace {

json::object text() { return {{"type", "string"}}; }
json::object list_of(json::object items) {
    return {{"type", "array"}, {"items", std::move(items)}};
}
json::object object() { return {{"type", "object"}}; }

/// An object of which these members are always there.
json::object object_of(json::object properties) {
    json::array required;
    for (const auto& property : properties) required.emplace_back(property.key());
    return {{"type", "object"},
            {"required", std::move(required)},
            {"properties", std::move(properties)}};
}

json::object with_optional(json::object schema, std::string_view name, json::object property) {
    schema["properties"].as_object()[name] = std::move(property);
    return schema;
}

}  // namespace

json::object read_schemas() {
    json::object schemas;
    const json::object truth{{"type", "boolean"}};
    const json::object number{{"type", "integer"}};
    const json::object date{{"type", "string"}, {"format", "date"}};
    const json::object duty = object_of({{"duty", text()},
                                         {"definition", text()},
                                         {"of", text()},
                                         {"cycle", number},
                                         {"phase", text()},
                                         {"due", date},
                                         {"effective", date},
                                         {"overdue", truth},
                                         {"owners", list_of(text())},
                                         {"open", list_of(text())}});
    schemas["Duties"] =
        with_optional(object_of({{"cut", object()}, {"duties", list_of(duty)}}), "next", text());
    for (const auto& [name, member] :
         {std::pair{"DutyState", "state"}, std::pair{"Cycles", "cycles"},
          std::pair{"Explanation", "why"}, std::pair{"Deliveries", "told"}})
        schemas[name] = object_of({{"duty", text()}, {"cut", object()}, {member, object()}});
    schemas["Breaches"] = object_of({{"cut", object()}, {"breaches", list_of(object())}});
    const json::object event = object_of({{"event", number},
                                          {"recorded", text()},
                                          {"true_on", date},
                                          {"stream", text()},
                                          {"type", text()},
                                          {"says", text()}});
    schemas["Timeline"] = with_optional(object_of({{"events", list_of(event)}}), "next", text());
    schemas["Readiness"] = object_of({{"ready", truth}});
    return schemas;
}

json::object order_schemas() {
    json::object schemas;
    schemas["Command"] = object_of({{"command", text()}});
    schemas["CommandAnswer"] = object_of({{"events", list_of({{"type", "integer"}})},
                                          {"warnings", list_of(text())},
                                          {"repeated", {{"type", "boolean"}}}});
    const json::object token = with_optional(object_of({{"token", text()},
                                                        {"person", text()},
                                                        {"may", list_of(text())},
                                                        {"sites", list_of(text())}}),
                                             "expires", text());
    schemas["Tokens"] = object_of({{"tokens", list_of(token)}});
    schemas["NewToken"] =
        with_optional(with_optional(object_of({{"person", text()}, {"may", list_of(text())}}),
                                    "sites", list_of(text())),
                      "expires", text());
    schemas["MadeToken"] = object_of({{"text", text()}});
    return schemas;
}

}  // namespace dutylog::server
