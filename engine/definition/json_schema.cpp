#include "engine/definition/json_schema.hpp"

#include <boost/json.hpp>
#include <map>
#include <string>

#include "engine/definition/field_table.hpp"

namespace dutylog::definition {

namespace json = boost::json;

namespace {

constexpr std::string_view id_pattern = "^[A-Za-z][A-Za-z0-9_-]{0,99}$";
constexpr std::string_view date_pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
constexpr std::string_view period_pattern =
    "^[0-9]+ (minute|hour|day|working day|week|month|year)s?$";

json::object type(std::string_view name) { return {{"type", name}}; }
json::object pattern(std::string_view expression) {
    return {{"type", "string"}, {"pattern", expression}};
}
json::object list(json::object items) { return {{"type", "array"}, {"items", std::move(items)}}; }
json::object map_of(json::object values) {
    return {{"type", "object"}, {"additionalProperties", std::move(values)}};
}
json::object either(json::array choices) { return {{"anyOf", std::move(choices)}}; }
json::object reference(const MappingTable& table) {
    return {{"$ref", "#/$defs/" + std::string{table.name}}};
}

/// A scalar that other tools may read as a number or a truth is a text here all the same.
json::object any_scalar() { return {{"type", json::array{"string", "number", "boolean"}}}; }

json::object localized() {
    return {{"type", "object"},
            {"properties", json::object{{"zh-CN", any_scalar()}, {"en", any_scalar()}}},
            {"additionalProperties", false}};
}

json::object enumeration(std::span<const std::string_view> words) {
    json::array all;
    for (const std::string_view word : words) all.emplace_back(word);
    return all.empty() ? type("string") : json::object{{"enum", std::move(all)}};
}

json::object names() { return either({type("string"), list(type("string"))}); }

class SchemaWriter {
public:
    explicit SchemaWriter(Language language) : language_{language} {}

    json::object write(const MappingTable& root) {
        json::object schema = mapping(root);
        json::object defs;
        while (!waiting_.empty()) {
            const MappingTable* table = waiting_.begin()->second;
            waiting_.erase(waiting_.begin());
            if (!defs.contains(table->name)) defs[table->name] = mapping(*table);
        }
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        schema["$id"] = "urn:dutylog:schema:1:" + std::string{root.name};
        schema["title"] = root.about.in(language_);
        schema["$defs"] = std::move(defs);
        return schema;
    }

private:
    json::object refer(const MappingTable& table) {
        waiting_.emplace(table.name, &table);
        return reference(table);
    }

    json::object mapping(const MappingTable& table) {
        json::object properties;
        json::array required;
        for (const FieldEntry& field : table.fields) {
            json::object property = shape(field);
            property["description"] = field.about.in(language_);
            properties[field.key] = std::move(property);
            if (field.required) required.emplace_back(field.key);
        }
        json::object out{{"type", "object"},
                         {"description", table.about.in(language_)},
                         {"properties", std::move(properties)},
                         {"additionalProperties", table.open}};
        if (!required.empty()) out["required"] = std::move(required);
        return out;
    }

    json::object shape(const FieldEntry& field) {
        switch (field.shape) {
            case Shape::id:
                return pattern(id_pattern);
            case Shape::localized:
                return localized();
            case Shape::truth:
                return type("boolean");
            case Shape::integer:
                return {{"type", "integer"}, {"minimum", 0}};
            case Shape::date:
                return pattern(date_pattern);
            case Shape::period:
                return pattern(period_pattern);
            case Shape::word:
                return enumeration(field.words);
            case Shape::names:
                return names();
            case Shape::texts:
                return either({any_scalar(), list(any_scalar())});
            case Shape::mapping:
                return refer(*field.table);
            case Shape::map_of:
                return map_of(either({refer(*field.table), type("null")}));
            case Shape::map_of_expressions:
                return map_of(any_scalar());
            case Shape::map_of_names:
                return map_of(names());
            case Shape::map_of_words:
                return map_of(list(any_scalar()));
            case Shape::map_of_types:
                return map_of(either({type("string"), refer(*field.table)}));
            case Shape::list_of:
                return list(refer(*field.table));
            case Shape::map_of_lists:
                return map_of(list(refer(*field.table)));
            case Shape::chapter: {
                json::object out = map_of(refer(*field.table));
                out["properties"] = json::object{{"together", type("boolean")}};
                return out;
            }
            case Shape::expression:
                return any_scalar();
            case Shape::several:
                return several(field);
            default:
                return any_scalar();
        }
    }

    /// Keys of more than one form; the readers know them one by one.
    json::object several(const FieldEntry& field) {
        if (field.table != nullptr)
            return either({names(), map_of(either({refer(*field.table), type("null")}))});
        return {};
    }

    Language language_;
    std::map<std::string_view, const MappingTable*> waiting_;
};

}  // namespace

json::value json_schema(std::string_view root, Language language) {
    return SchemaWriter{language}.write(root == "library" ? library_table : definition_table);
}

}  // namespace dutylog::definition
