#include "engine/definition/table_reader.hpp"

#include <catch2/catch.hpp>

#include "engine/definition/canonical.hpp"

using namespace dutylog;
using namespace dutylog::definition;
using rule::Kind;

namespace {

struct ReadResult {
    std::optional<ReadTable> read;
    std::vector<Diagnostic> problems;
};

ReadResult read(const std::string& text) {
    Library library;
    library.units = {"dB", "mg/m3"};
    Diagnostics out;
    ReadResult result;
    result.read = read_table({"tables/t.csv", text}, library, out);
    result.problems = out.take();
    return result;
}

Table table_of(const std::string& text) {
    auto result = read(text);
    REQUIRE(result.problems.empty());
    REQUIRE(result.read);
    return std::move(result.read->table);
}

constexpr const char* legend = "# id: t\n# key: hazard\n# title.en: A table: of numbers\n";

}  // namespace

TEST_CASE("a column has the type that all its cells have", "[definition][table]") {
    const std::vector<std::string> units{"dB", "mg/m3"};
    struct Row {
        std::vector<std::string_view> cells;
        Kind kind;
        std::string unit;
        bool optional;
    };
    const std::vector<Row> rows{
        {{"1", "20", "-3"}, Kind::integer, "", false},
        {{"1", "2.5", ""}, Kind::decimal, "", true},
        {{"true", "false"}, Kind::truth, "", false},
        {{"2025-01-01", ""}, Kind::date, "", true},
        {{"12 months", "1 year"}, Kind::period, "", false},
        {{"85 dB", "90 dB"}, Kind::quantity, "dB", false},
        {{"85 dB", "3 mg/m3"}, Kind::quantity, "", false},
        {{"85 dB", "3 parsec"}, Kind::text, "", false},
        {{"12 months", "12"}, Kind::text, "", false},
        {{"5.1", "5.10"}, Kind::text, "", false},  // sections, not numbers
        {{"1.0", "1.5"}, Kind::decimal, "", false},
        {{"007", "1"}, Kind::text, "", false},
        {{"1234567890123456789"}, Kind::text, "", false},
        {{"", ""}, Kind::text, "", true},
    };
    for (const Row& row : rows) {
        const rule::Type type = type_of_cells(row.cells, units);
        INFO(row.cells.front());
        CHECK(type.kind == row.kind);
        CHECK(type.unit == row.unit);
        CHECK(type.optional == row.optional);
    }
}

TEST_CASE("cells are values of their column's type", "[definition][table]") {
    const Table table = table_of(std::string{legend} +
                                 "hazard,interval,level,factor,valid_from,valid_to\n"
                                 "\"dust, other\",12 months,85 dB,1.5,2014-10-01,\n"
                                 "\"say \"\"no\"\"\",1 year,90 dB,2,,2026-08-01\n");
    CHECK(table.title.en == "A table: of numbers");
    REQUIRE(table.rows.size() == 2);
    const Record& row = table.rows[0];
    CHECK(*row.find("hazard") == Value{"dust, other"});
    CHECK(*row.find("interval") == Value{Period{12, PeriodUnit::months}});
    CHECK(*row.find("level") == Value{Quantity{Decimal{85}, "dB"}});
    CHECK(*row.find("factor") == Value{*Decimal::of(15, 1)});
    CHECK(*row.find("valid_from") == Value{CivilDate{2014, 10, 1}});
    CHECK(row.find("valid_to")->is_none());
    CHECK(*table.rows[1].find("hazard") == Value{"say \"no\""});
    CHECK(table.lines == std::vector<std::uint32_t>{5, 6});
}

TEST_CASE("a key without a column of its own is a band", "[definition][table]") {
    const Table table = table_of(
        "# id: t\n# key: hazard, level\n"
        "hazard,level_from,level_to,level_to_included,valid_from,valid_to\n"
        "noise,80,85,false,,\nnoise,85,90,true,,\n");
    REQUIRE(table.keys.size() == 2);
    CHECK(table.keys[0].column == "hazard");
    CHECK(table.keys[1].column.empty());
    CHECK(table.keys[1].band_from == "level_from");
    CHECK(table.keys[1].band_to == "level_to");
    CHECK(table.keys[1].from_included.empty());
    CHECK(table.keys[1].to_included == "level_to_included");
}

TEST_CASE("bands that touch in a value both hold overlap", "[definition][table]") {
    const auto codes = [](const std::string& rows) {
        const auto result = read(
            "# id: t\n# key: level\n"
            "level_from,level_to,level_to_included,valid_from,valid_to\n" +
            rows);
        return result.problems.empty() ? std::string{} : result.problems[0].code;
    };
    CHECK(codes("80,85,false,,\n85,90,false,,\n").empty());
    CHECK(codes("80,85,true,,\n85,90,false,,\n") == "DL0510");
    CHECK(codes("80,85,true,,2020-01-01\n85,90,false,2020-01-01,\n").empty());
    CHECK(codes(",85,false,,\n90,,,,\n").empty());
    CHECK(codes(",85,false,,\n80,,,,\n") == "DL0510");
}

TEST_CASE("the order of rows and columns makes no new version of a table", "[definition][table]") {
    Table one = table_of(std::string{legend} +
                         "hazard,interval,valid_from,valid_to\nlead,1 year,,\nnoise,2 years,,\n");
    Table other = table_of(
        "# note: another note\n# key: hazard\n# id: t\n# title.en: A table: of numbers\n"
        "valid_to,interval,hazard,valid_from\n\n,2 years,noise,\n,1 year,\"lead\",\n");
    Table changed =
        table_of(std::string{legend} +
                 "hazard,interval,valid_from,valid_to\nlead,1 year,,\nnoise,3 years,,\n");
    seal(one);
    seal(other);
    seal(changed);
    CHECK(one.canonical == other.canonical);
    CHECK(one.hash == other.hash);
    CHECK(one.hash != changed.hash);
}

TEST_CASE("tables of spreadsheets are read: byte order mark and line ends", "[definition][table]") {
    const Table table = table_of(
        "\xEF\xBB\xBF# id: t\r\n# key: hazard\r\nhazard,n,valid_from,valid_to\r\n"
        "lead,1,,\r\n\r\nnoise,2,,");
    REQUIRE(table.rows.size() == 2);
    CHECK(*table.rows[1].find("n") == Value{2});
    CHECK(table.columns.back() == "valid_to");
}

TEST_CASE("an allow in the legend speaks of the whole table", "[definition][table]") {
    const auto result = read(std::string{legend} +
                             "# allow DL0516: filled in next year\n"
                             "hazard,n,valid_from,valid_to\n");
    REQUIRE(result.read);
    REQUIRE(result.read->comments.size() == 1);
    CHECK(result.read->comments[0].text == "allow DL0516: filled in next year");
}
