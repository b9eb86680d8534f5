#include "adapters/http/openapi.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/value_from.hpp>
#include <map>
#include <set>
#include <stdexcept>

#include "adapters/http/characters.hpp"
#include "adapters/http/problem.hpp"
#include "adapters/http/router.hpp"

namespace dutylog::http {

namespace json = boost::json;

namespace {

json::object schema_of(const Parameter& parameter) {
    switch (parameter.type) {
        case ParameterType::text:
            return {{"type", "string"}, {"minLength", 1}, {"maxLength", 512}};
        case ParameterType::integer: {
            json::object schema{{"type", "integer"}, {"minimum", parameter.min}};
            if (parameter.max != INT64_MAX) schema["maximum"] = parameter.max;
            return schema;
        }
        case ParameterType::truth:
            return {{"type", "boolean"}};
        case ParameterType::date:
            return {{"type", "string"}, {"format", "date"}};
        case ParameterType::instant:
            return {{"type", "string"}, {"format", "date-time"}};
        case ParameterType::choice:
            return {{"type", "string"}, {"enum", json::value_from(parameter.choices)}};
    }
    return {};
}

class Writer {
public:
    explicit Writer(const ApiInfo& info) : info_{info} {}

    json::object operation(const Route& route) const {
        json::object written{{"operationId", route.operation},
                             {"summary", route.summary.in(info_.language)}};
        if (route.summary.empty()) written["summary"] = route.operation;
        json::array parameters;
        for (const Parameter& parameter : route.parameters)
            parameters.push_back(this->parameter(route, parameter));
        add_undeclared(route, parameters);
        if (std::ranges::find(route.problems, "key_required") != route.problems.end())
            parameters.push_back({{"name", "Idempotency-Key"},
                                  {"in", "header"},
                                  {"required", true},
                                  {"schema", {{"type", "string"}, {"maxLength", 128}}}});
        if (!parameters.empty()) written["parameters"] = std::move(parameters);
        if (!route.request_schema.empty())
            written["requestBody"] = {{"required", true}, {"content", request_content(route)}};
        written["responses"] = responses(route);
        written["security"] = json::array{};
        if (!route.permission.empty()) {
            written["security"] = json::array{json::object{{"token", json::array{}}}};
            written["x-permission"] = route.permission;
        }
        return written;
    }

private:
    json::object parameter(const Route& route, const Parameter& parameter) const {
        const bool in_path = route.path.find("{" + parameter.name + "}") != std::string::npos;
        json::object written{{"name", parameter.name},
                             {"in", in_path ? "path" : "query"},
                             {"required", in_path || parameter.required},
                             {"schema", schema_of(parameter)}};
        if (!parameter.meaning.empty())
            written["description"] = parameter.meaning.in(info_.language);
        return written;
    }

    /// Parameters of the path about which the route says nothing are texts.
    void add_undeclared(const Route& route, json::array& parameters) const {
        for (std::size_t at = route.path.find('{'); at != std::string::npos;
             at = route.path.find('{', at + 1)) {
            const auto end = route.path.find('}', at);
            const Parameter named{.name = route.path.substr(at + 1, end - at - 1)};
            bool declared = false;
            for (const Parameter& known : route.parameters)
                declared = declared || known.name == named.name;
            if (!declared) parameters.push_back(parameter(route, named));
        }
    }

    json::object content(const std::string& schema, const std::string& media_type) const {
        const char* bare = media_type == "application/json" ? "object" : "string";
        if (schema.empty()) return {{media_type, {{"schema", {{"type", bare}}}}}};
        if (schema != "Problem" && !info_.schemas.contains(schema))
            throw std::invalid_argument{"no schema is called " + schema};
        return {{media_type, {{"schema", {{"$ref", "#/components/schemas/" + schema}}}}}};
    }

    json::object request_content(const Route& route) const {
        json::object written;
        for (const std::string& type : route.request_types)
            written[type] = content(route.request_schema, type).at(type);
        return written;
    }

    json::object responses(const Route& route) const {
        json::object written;
        json::object success{{"description", std::string{reason_of(route.success)}}};
        if (status_has_body(route.success))
            success["content"] = content(route.response_schema, route.response_type);
        written[std::to_string(route.success)] = std::move(success);
        std::map<unsigned, std::set<std::string>> by_status;
        for (const std::string& code : problems_of(route))
            by_status[problem(code).status].insert(code);
        for (const auto& [status, codes] : by_status) {
            std::string list;
            for (const std::string& code : codes) list += (list.empty() ? "`" : ", `") + code + "`";
            written[std::to_string(status)] = {
                {"description", std::string{reason_of(status)} + ": " + list},
                {"content", content("Problem", "application/problem+json")}};
        }
        add_pages(route, written);
        return written;
    }

    /// What is told to a person on a page rather than to a program as a problem.
    static void add_pages(const Route& route, json::object& responses) {
        for (const unsigned status : route.pages) {
            json::object& written =
                responses
                    .emplace(std::to_string(status),
                             json::object{{"description", std::string{reason_of(status)}},
                                          {"content", json::object{}}})
                    .first->value()
                    .as_object();
            written["content"].as_object()[route.response_type] = {
                {"schema", {{"type", "string"}}}};
        }
    }

    static std::set<std::string> problems_of(const Route& route) {
        std::set<std::string> codes{route.problems.begin(), route.problems.end()};
        codes.insert({"bad_path", "not_acceptable", "internal"});
        if (!route.permission.empty()) codes.insert({"unauthenticated", "forbidden"});
        if (!route.parameters.empty()) codes.insert({"bad_parameter", "unknown_parameter"});
        if (!route.request_schema.empty())
            codes.insert({"bad_json", "bad_value", "body_too_long", "unsupported_media_type"});
        return codes;
    }

    const ApiInfo& info_;
};

json::object problem_schema() {
    const json::object text{{"type", "string"}};
    return {{"type", "object"},
            {"description", "RFC 9457"},
            {"required", {"type", "title", "status", "code"}},
            {"properties",
             {{"type", {{"type", "string"}, {"format", "uri"}}},
              {"title", text},
              {"status", {{"type", "integer"}, {"minimum", 400}, {"maximum", 599}}},
              {"code", text},
              {"detail", text},
              {"pointer", text},
              {"reason", text}}},
            {"additionalProperties", true}};
}

}  // namespace

json::object openapi(const RouteTable& table, const ApiInfo& info) {
    const Writer writer{info};
    json::object paths;
    for (const Route& route : table) {
        if (!paths.contains(route.path)) paths[route.path] = json::object{};
        paths[route.path].as_object()[lower(name_of(route.method))] = writer.operation(route);
    }
    json::object schemas = info.schemas;
    schemas["Problem"] = problem_schema();
    return {{"openapi", "3.1.0"},
            {"info", {{"title", info.title}, {"version", info.version}}},
            {"servers", json::array{json::object{{"url", "/"}}}},
            {"paths", std::move(paths)},
            {"components",
             {{"schemas", std::move(schemas)},
              {"securitySchemes", {{"token", {{"type", "http"}, {"scheme", "bearer"}}}}}}}};
}

Route openapi_route(const json::object& document) {
    return {.path = "/openapi.json",
            .operation = "openapi",
            .summary = {"本接口的 OpenAPI 描述", "This description"},
            .handler =
                at_once([answer = json_response(200, document)](const Call&) { return answer; })};
}

}  // namespace dutylog::http
