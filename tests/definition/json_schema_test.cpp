// The schema is held against the good files by python3-jsonschema where it is installed
// (validate_schema.py); what this test writes for it lies in the build folder.
#include "engine/definition/json_schema.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

#include "engine/definition/field_table.hpp"
#include "engine/definition/yaml.hpp"
#include "tests/definition/library_folder.hpp"

using namespace dutylog;
using namespace dutylog::definition;
using namespace dutylog::definition::test;
namespace json = boost::json;

namespace {

/// A plain scalar as the core schema of YAML 1.2 reads it.
json::value scalar(const Node& node) {
    if (node.kind == Node::Kind::empty) return nullptr;
    if (!node.is_plain()) return json::string{node.text};
    if (node.text == "true") return true;
    if (node.text == "false") return false;
    json::error_code failed;
    const json::value number = json::parse(node.text, failed);
    return !failed && number.is_number() ? number : json::string{node.text};
}

json::value as_json(const Node& node) {
    if (node.is_sequence()) {
        json::array list;
        for (const Node& item : node.items) list.push_back(as_json(item));
        return list;
    }
    if (!node.is_mapping()) return scalar(node);
    json::object mapping;
    for (const Entry& entry : node.entries) mapping[entry.key.text] = as_json(entry.value);
    return mapping;
}

const std::string out_folder = std::string{DUTYLOG_BINARY_DIR} + "/tests/definition/schema";

void write(const std::string& name, const json::value& value) {
    std::filesystem::create_directories(out_folder);
    std::ofstream{out_folder + "/" + name} << json::serialize(value) << '\n';
}

/// Every `$ref` of the schema.
void collect(const json::value& value, std::vector<std::string>& references) {
    if (const auto* list = value.if_array())
        for (const json::value& item : *list) collect(item, references);
    const auto* object = value.if_object();
    if (object == nullptr) return;
    for (const auto& [key, member] : *object)
        if (key == "$ref")
            references.emplace_back(member.as_string());
        else
            collect(member, references);
}

}  // namespace

TEST_CASE("the schema names every key of the field tables, with its words",
          "[definition][schema]") {
    const json::value schema = json_schema("definition", Language::en);
    CHECK(schema.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
    const json::object& keys = schema.at("properties").as_object();
    for (const FieldEntry& field : definition_table.fields) {
        INFO(field.key);
        REQUIRE(keys.contains(field.key));
        CHECK(keys.at(field.key).at("description").as_string() == field.about.en);
    }
    CHECK(schema.at("required").as_array().size() == 7);
    CHECK(schema.at("additionalProperties") == false);
    CHECK(schema.at("properties").at("roll").at("enum") ==
          json::array({"forward", "back", "none"}));
}

TEST_CASE("every reference of a schema leads somewhere", "[definition][schema]") {
    for (const char* root : {"definition", "library"}) {
        const json::value schema = json_schema(root, Language::zh_cn);
        std::vector<std::string> references;
        collect(schema, references);
        CHECK_FALSE(references.empty());
        for (const std::string& reference : references) {
            INFO(reference);
            const std::string name = reference.substr(std::string{"#/$defs/"}.size());
            CHECK(schema.at("$defs").as_object().contains(name));
        }
    }
}

TEST_CASE("schema and good files are written out for the validator", "[definition][schema]") {
    std::size_t written = 0;
    for (const char* root : {"definition", "library"})
        write(std::string{root} + ".schema.json", json_schema(root, Language::en));
    for (const SourceFile& file : good_library()) {
        if (!file.path.ends_with(".yaml")) continue;
        Diagnostics out;
        const auto yaml = read_yaml(file, out);
        REQUIRE(yaml);
        std::string name = file.path == "library.yaml" ? "library-" : "definition-";
        name += std::filesystem::path{file.path}.stem().string();
        write(name + ".json", as_json(yaml->root));
        ++written;
    }
    CHECK(written >= 8);
}
