#include "adapters/config/toml.hpp"

#include <catch2/catch.hpp>

using namespace dutylog::config;

TEST_CASE("values keep their kinds and places", "[config][toml]") {
    const Table table = parse_toml(
        "text = \"a\"\nwhole = 7\ntruth = true\nday = 2025-01-01\n"
        "list = [1, \"b\"]\n[one.two]\nthree = 3\n",
        "x.toml");
    CHECK(std::get<std::string>(table.entries.at("text").value) == "a");
    CHECK(std::get<std::int64_t>(table.entries.at("whole").value) == 7);
    CHECK(std::get<bool>(table.entries.at("truth").value));
    CHECK(std::get<Other>(table.entries.at("day").value).text == "2025-01-01");
    CHECK(std::get<List>(table.entries.at("list").value).size() == 2);
    const auto& one = std::get<Table>(table.entries.at("one").value);
    const auto& two = std::get<Table>(one.entries.at("two").value);
    CHECK(to_string(two.entries.at("three").key) == "x.toml:7:1");
    CHECK(to_string(two.entries.at("three").place) == "x.toml:7:9");
}

TEST_CASE("what is no TOML is refused with its place", "[config][toml]") {
    struct Row {
        std::string text;
        std::string place;
    };
    const Row rows[] = {{"port 8080\n", "x.toml:1:6"},
                        {"[server]\nport = \n", "x.toml:2:8"},
                        {"port = 1\nport = 2\n", "x.toml:2:8"},
                        {"name = \"a\n", "x.toml:1:10"}};
    for (const Row& row : rows) {
        INFO(row.text);
        try {
            parse_toml(row.text, "x.toml");
            FAIL("was taken");
        } catch (const BadConfiguration& bad) {
            REQUIRE(bad.problems().size() == 1);
            CHECK(to_string(bad.problems().front().place) == row.place);
        }
    }
}

TEST_CASE("what is nested or long beyond its limit is refused, whatever way it is written",
          "[config][toml]") {
    std::string dots;
    for (int i = 0; i < 200'000; ++i) dots += "a.";
    std::string some;
    for (std::size_t i = 0; i <= file_limits::levels_max; ++i) some += "a.";
    std::string inner = "1";
    for (int i = 0; i < 40; ++i) inner = "{a=" + inner + "}";
    for (const std::string& text :
         {dots + "a = 1\n", "[" + dots + "a]\n", "[" + some + "b]\nx = 1\n", some + "b = 1\n",
          "a = " + inner + "\n", "a = " + std::string(100'000, '[') + "\n"})
        CHECK_THROWS_AS(parse_toml(text, "x.toml"), BadConfiguration);
    CHECK_NOTHROW(parse_toml("a.b.c.d.e = 1\n", "x.toml"));
}

TEST_CASE("a file that is no configuration by its size is not read", "[config][toml]") {
    CHECK_THROWS_AS(read_toml("/dev/zero"), BadConfiguration);
}
