#include "engine/calendar/calendar_data.hpp"

#include <catch2/catch.hpp>

#include "engine/calendar/csv_lines.hpp"
#include "tests/calendar/data.hpp"

using namespace dutylog;
using namespace dutylog::calendar;
using namespace dutylog::calendar::test;

namespace {

const std::string head = "holidays,t-2026\nyears,2026\n";

std::string error_of(const std::string& text) {
    const auto table = parse_holiday_table("t.csv", text);
    return table ? "read" : table.error().detail;
}

}  // namespace

TEST_CASE("a table is read with its years, source, days and names", "[calendar][data]") {
    const HolidayTable table = shipped_table("cn-2026");
    CHECK(table.id == "cn-2026");
    CHECK(table.covers(2026));
    CHECK_FALSE(table.covers(2025));
    CHECK(table.source == "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm");
    CHECK(table.days.size() == 13);
    CHECK(table.days.front() ==
          DayRange{day("2026-01-01"), day("2026-01-03"), false, {"元旦", "New Year"}});
    CHECK(table.days[1] ==
          DayRange{day("2026-01-04"), day("2026-01-04"), true, {"元旦", "New Year"}});
}

TEST_CASE("ranges are put in order, whatever the order of the lines", "[calendar][data]") {
    const auto table = parse_holiday_table(
        "t.csv",
        "holidays,t\r\noff,2026-05-01,,甲,A\r\n\r\noff,2026-01-01,,乙,B\r\nyears,2026\r\n");
    REQUIRE(table);
    CHECK(table->days.front().name.en == "B");
}

TEST_CASE("what spreadsheets write is read", "[calendar][data]") {
    const auto table = parse_holiday_table(
        "t.csv",
        "\xEF\xBB\xBFholidays , t\nyears,2026,2027\n\"off\",2026-05-01, ,\"甲, \"\"乙\"\"\",A\n");
    REQUIRE(table);
    CHECK(table->id == "t");
    CHECK(table->covers(2027));
    CHECK(table->days.front().name.zh_cn == "甲, \"乙\"");
}

TEST_CASE("a notice may move days across New Year", "[calendar][data]") {
    CHECK(parse_holiday_table("t.csv",
                              head + "work,2025-12-27,,甲,A\noff,2026-12-30,2027-01-02,乙,B\n"));
}

TEST_CASE("a broken table says file, line, what was expected and found", "[calendar][data]") {
    struct Row {
        std::string text;
        const char* message;
    };
    const auto row = GENERATE_COPY(values<Row>({
        {"", "t.csv:1: expected a first line holidays,<id> or site,<id>, found nothing"},
        {"off,2026-01-01,,甲,A",
         "t.csv:1: expected a first line holidays,<id> or site,<id>, found \"off\""},
        {"holidays,a b",
         "t.csv:1: expected one id of letters, digits, '.', '_' and '-', found \"a b\""},
        {"holidays,t", "t.csv:1: expected a line years,<year>, found \"the end\""},
        {"site,t\nyears,2026", "t.csv:2: expected source, off or work, found \"years\""},
        {head + "years,2027", "t.csv:3: expected years only once, found \"2027\""},
        {"holidays,t\nyears,1969",
         "t.csv:2: expected years,<first>[,<last>] from 1970 to 2200, at most 20 of them, found "
         "\"years,1969\""},
        {"holidays,t\nyears,2026,2025",
         "t.csv:2: expected years,<first>[,<last>] from 1970 to 2200, at most 20 of them, found "
         "\"years,2026,2025\""},
        {"holidays,t\nyears,2000,2020",
         "t.csv:2: expected years,<first>[,<last>] from 1970 to 2200, at most 20 of them, found "
         "\"years,2000,2020\""},
        {head + "rest,2026-01-01,,甲,A",
         "t.csv:3: expected years, source, off or work, found \"rest\""},
        {head + "off,2026-01-01,甲,A",
         "t.csv:3: expected 5 fields: off|work, first day, last day, Chinese name, English name, "
         "found \"4 fields\""},
        {head + "off,2026-02-29,,甲,A",
         "t.csv:3: expected a date YYYY-MM-DD, found \"2026-02-29\""},
        {head + "off,2026-02-01,1 Feb,甲,A",
         "t.csv:3: expected a date YYYY-MM-DD, found \"1 Feb\""},
        {head + "off,2026-02-02,2026-02-01,甲,A",
         "t.csv:3: expected a last day not before 2026-02-02, found \"2026-02-01\""},
        {head + "off,2026-02-02,2026-06-01,甲,A",
         "t.csv:3: expected at most 92 days, found \"120 days\""},
        {head + "off,2026-02-02,,,",
         "t.csv:3: expected a name in Chinese or English, found nothing"},
        {head + "off,2025-02-02,,甲,A",
         "t.csv:3: expected days of the years covered, found \"2025-02-02 to 2025-02-02\""},
        {head + "off,2026-02-02,2026-02-05,甲,A\nwork,2026-02-05,,乙,B",
         "t.csv:4: expected each day only once, found \"2026-02-05\""},
        {head + "source,", "t.csv:3: expected one source, once, found \"source,\""},
        {head + "off,\"2026-02-02,,甲,A",
         "t.csv:3: expected a closing \" and then a comma, found \"off,\"2026-02-02,,甲,A\""},
        {head + "off,2026-02-02,,\xFF,A",
         "t.csv:3: expected UTF-8 text without control characters, found \"other bytes\""},
        {head + std::string("off\0", 4),
         "t.csv:3: expected UTF-8 text without control characters, found \"other bytes\""},
    }));
    CHECK(error_of(row.text) == row.message);
}

TEST_CASE("a table has limits", "[calendar][data]") {
    CHECK(error_of(std::string(CsvLimits::text_bytes_max + 1, '#')) ==
          "t.csv:1: expected at most 262144 bytes, found \"262145 bytes\"");
    std::string lines = head;
    for (std::size_t i = 0; i < CsvLimits::lines_max; ++i) lines += "source,x\n";
    CHECK(error_of(lines) == "t.csv:4001: expected at most 4000 lines, found \"source,x\"");
    CHECK(error_of(head + "off" + std::string(CsvLimits::fields_max, ',')) ==
          "t.csv:3: expected at most 16 fields, found \"off,,,,,,,,,,,,,,,,\"");
    CHECK(error_of(head + "off," + std::string(CsvLimits::field_bytes_max + 1, 'x'))
              .starts_with("t.csv:3: expected a field of at most 300 bytes, found \"xxx"));
    CHECK(error_of("holidays," + std::string(65, 'x')).starts_with("t.csv:1: expected one id"));
}

TEST_CASE("a long text is cut in a message at a character", "[calendar][data]") {
    std::string name = "x";
    for (int i = 0; i < 40; ++i) name += "节";
    const std::string message = error_of(head + name);
    CHECK(message.ends_with("节…\""));
    CHECK(message.size() < 160);
}
