#include <algorithm>

#include "adapters/cli/command_json.hpp"
#include "adapters/server/order_rights.hpp"
#include "adapters/server/orders.hpp"
#include "adapters/server/schema_words.hpp"
#include "adapters/server/shaped_orders.hpp"

namespace dutylog::server {

namespace json = boost::json;
using namespace schema_words;  // NOLINT: a schema is written in them

namespace {

/// Takes keys out of the schema of an object.
void leave_out(json::object& schema, const std::vector<std::string>& keys) {
    json::array required;
    for (const json::value& key : schema["required"].as_array())
        if (std::ranges::find(keys, std::string{key.as_string()}) == keys.end())
            required.push_back(key);
    schema["required"] = std::move(required);
    for (const std::string& key : keys) schema["properties"].as_object().erase(key);
}

/// The commands that people may give, by name, as a body has them: whoever sends it is `by`, where
/// it says nothing else, and the id comes as `Idempotency-Key`.
json::object commands() {
    json::object found;
    const json::value all = cli::command_schema();
    for (const json::value& each : all.at("oneOf").as_array()) {
        json::object schema = each.as_object();
        const std::string name{schema.at("title").as_string()};
        if (only_by_program(name)) continue;
        const json::value by = schema.at("properties").at("by");
        leave_out(schema, {"id", "by"});
        schema["properties"].as_object()["by"] = by;
        found[name] = std::move(schema);
    }
    return found;
}

json::object token() {
    return with_optional(object_of({{"token", text()},
                                    {"person", text()},
                                    {"may", list_of(text())},
                                    {"sites", list_of(text())}}),
                         {{"expires", instant()}});
}

}  // namespace

json::object order_schemas() {
    json::object schemas;
    const json::object known = commands();
    json::array all;
    for (const auto& command : known) all.push_back(command.value());
    schemas["Command"] = {{"oneOf", std::move(all)}};
    for (const ShapedOrder& order : shaped_orders()) {
        json::object body = known.at(order.command).as_object();
        leave_out(body, keys_filled(order));
        body["title"] = order.operation;
        schemas[body_name(order)] = std::move(body);
    }
    schemas["CommandAnswer"] = object_of(
        {{"events", list_of(number())}, {"warnings", list_of(text())}, {"repeated", truth()}});
    schemas["Tokens"] = object_of({{"tokens", list_of(token())}});
    schemas["NewToken"] = with_optional(object_of({{"person", text()}, {"may", list_of(text())}}),
                                        {{"sites", list_of(text())}, {"expires", instant()}});
    schemas["MadeToken"] = object_of({{"text", text()}});
    return schemas;
}

}  // namespace dutylog::server
