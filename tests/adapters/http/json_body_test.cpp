#include "adapters/http/json_body.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

using namespace dutylog;
using http::read_json;

namespace {

std::string content_of(const std::filesystem::path& path) {
    std::ifstream in{path, std::ios::binary};
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("JSON is read with its values", "[http][json]") {
    const auto value = read_json(R"( {"a": [1, -2, 0.5, "岗\u4f4d", true, null], "b": {}} )");
    REQUIRE(value);
    CHECK(boost::json::serialize(*value) == R"({"a":[1,-2,5E-1,"岗位",true,null],"b":{}})");
    CHECK(read_json("18446744073709551615"));
}

TEST_CASE("what is wrong in JSON is told with its place", "[http][json]") {
    struct Wrong {
        std::string text;
        std::string place;
        std::string words;
        std::string pointer;
    };
    const std::vector<Wrong> cases{
        {"", "Line 1, column 1", "ends too early", ""},
        {"{\"a\": 1,\n \"b\": tru}", "Line 2, column", "not JSON", "/b"},
        {R"({"a": {"b": 1, "b": 2}})", "Line 1", "a name stands twice", "/a/b"},
        {R"({"a": 1, "\u0061": 2})", "Line 1", "a name stands twice", "/a"},
        {R"({"a": [0.5, 1234567890.1234567]})", "Line 1", "more than 15 digits", "/a/1"},
        {R"([123456789012345678901])", "Line 1", "more than 15 digits", "/0"},
        {R"([1e400])", "Line 1", "more than 15 digits", "/0"},
        {R"({"a/b~c": x})", "Line 1", "not JSON", "/a~1b~0c"},
        {"[1] 2", "Line 1, column 5", "more after the value", ""},
        {"\"\xff\"", "Line 1", "not JSON", ""},
        {"[1,]", "Line 1, column 4", "not JSON", "/1"},
        {R"([[1], {"a": [true, {"b": 0x}]}])", "Line 1", "not JSON", "/1/a/1/b"},
        {"// no\n1", "Line 1", "not JSON", ""},
        {"NaN", "Line 1", "not JSON", ""},
    };
    for (const Wrong& one : cases) {
        INFO(one.text);
        const auto value = read_json(one.text);
        REQUIRE_FALSE(value);
        CHECK(value.error().code == "bad_json");
        CHECK_THAT(value.error().detail.en,
                   Catch::StartsWith(one.place) && Catch::Contains(one.words));
        CHECK_THAT(value.error().detail.zh_cn, Catch::StartsWith("第 "));
        CHECK(value.error().pointer == one.pointer);
    }
}

TEST_CASE("JSON beyond a limit is refused", "[http][json]") {
    const auto words = [](const std::string& text) {
        const auto value = read_json(text);
        return value ? std::string{} : value.error().detail.en;
    };
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    CHECK(words(nested(32)).empty());
    CHECK_THAT(words(nested(33)), Catch::Contains("nested too deeply"));
    CHECK_THAT(words(nested(100'000)), Catch::Contains("nested too deeply"));
    std::string many = "[1";
    for (int i = 0; i < 9'998; ++i) many += ",1";
    CHECK(words(many + "]").empty());
    CHECK_THAT(words(many + ",1]"), Catch::Contains("too many values"));
    CHECK(words("{\"" + std::string(256, 'k') + "\": 1}").empty());
    CHECK_THAT(words("{\"" + std::string(257, 'k') + "\": 1}"),
               Catch::Contains("name is too long"));
    CHECK_THAT(words("\"" + std::string(65'537, 's') + "\""), Catch::Contains("text is too long"));
}

TEST_CASE("the parsing suite is read as JSON says, but for what two readers differ about",
          "[http][json]") {
    // A name twice is JSON, and every reader makes something else of it.
    const std::set<std::string> stricter{"y_object_duplicated_key.json",
                                         "y_object_duplicated_key_and_value.json"};
    int seen = 0;
    for (const auto& entry :
         std::filesystem::directory_iterator{DUTYLOG_SOURCE_DIR "/tests/adapters/http/json"}) {
        const std::string name = entry.path().filename().string();
        if (!name.ends_with(".json") || name.starts_with("i_")) continue;
        INFO(name);
        ++seen;
        const bool wanted = name.starts_with("y_") && !stricter.contains(name);
        CHECK(read_json(content_of(entry.path()), {.depth_max = 64}).has_value() == wanted);
    }
    CHECK(seen > 250);
}
