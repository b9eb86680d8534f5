#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/cli/program.hpp"

using dutylog::cli::test::open_museum;
using dutylog::cli::test::Program;
using dutylog::cli::test::Ran;
namespace json = boost::json;

namespace {

const std::vector<std::string> keepers{"import", "--log", "{}museum.db", "people", "{}people.csv"};

std::int64_t events_of(Program& dutylog) {
    return json::parse(dutylog({"verify", "{}museum.db", "--json"}).out).at("events").as_int64();
}

}  // namespace

TEST_CASE("people come from a table, once, however often it is read", "[cli][import]") {
    Program dutylog;
    open_museum(dutylog);
    dutylog.write("people.csv", "id,name,in\nana,Ana,house\nbo,Bo,house\n");
    const Ran first = dutylog(keepers);
    CHECK(first.exit == 0);
    CHECK_THAT(first.out, Catch::Contains("rows imported: 2, events: 2 (UTF-8)"));
    const auto events = events_of(dutylog);
    const Ran again = dutylog(keepers);
    CHECK(again.exit == 0);
    CHECK_THAT(again.out, Catch::Contains("had been imported before: 2"));
    CHECK(events_of(dutylog) == events);
}

TEST_CASE("a table in GB 18030 with Chinese headings is read without being told", "[cli][import]") {
    Program dutylog;
    open_museum(dutylog);
    // 编号,姓名,所属 / lan,兰,house
    dutylog.write("people.csv",
                  "\xb1\xe0\xba\xc5,\xd0\xd5\xc3\xfb,\xcb\xf9\xca\xf4\nlan,\xc0\xbc,house\n");
    const Ran ran = dutylog(keepers);
    INFO(ran.out << ran.err);
    CHECK(ran.exit == 0);
    const Ran timeline = dutylog.in_chinese({"timeline", "--log", "{}museum.db", "--of", "lan"});
    CHECK_THAT(timeline.out, Catch::Contains("兰"));

    SECTION("and refused where it is said to be UTF-8, with the line and the byte") {
        auto line = keepers;
        line.insert(line.end(), {"--encoding", "utf-8"});
        const Ran wrong = dutylog(line);
        CHECK(wrong.exit == 2);
        CHECK_THAT(wrong.err, Catch::Contains("line 1: byte 1 is no text in"));
    }
}

TEST_CASE("every bad row is named and nothing is half imported", "[cli][import]") {
    struct Row {
        std::string what;
        std::string rows;
        std::string english;
        std::string chinese;
    };
    const Row rows[] = {
        {"an unknown parent", "id,name,in\nana,Ana,house\nbo,Bo,hous\n", "line 3, column 3 (in)",
         "第 3 行第 3 列（in）"},
        {"no id", "id,name,in\nana,Ana,house\n,Bo,house\n", "line 3: the row has no id",
         "第 3 行：该行没有编号"},
        {"too many cells", "id,name,in\nana,Ana,house,more\n", "the row has 4 cells, the header 3",
         "该行有 4 格，表头有 3 格"},
        {"an id twice", "id,name,in\nana,Ana,house\nana,Bo,house\n", "line 3: refused",
         "第 3 行：被拒绝"},
    };
    Program dutylog;
    open_museum(dutylog);
    const auto events = events_of(dutylog);
    for (const Row& row : rows) {
        INFO(row.what);
        dutylog.write("people.csv", row.rows);
        const Ran english = dutylog(keepers);
        CHECK(english.exit == 1);
        CHECK_THAT(english.err,
                   Catch::Contains(row.english) && Catch::Contains("nothing was imported"));
        CHECK_THAT(dutylog.in_chinese(keepers).err,
                   Catch::Contains(row.chinese) && Catch::Contains("未导入任何内容"));
        CHECK(events_of(dutylog) == events);
    }
}

TEST_CASE("two bad rows are told in one run", "[cli][import]") {
    Program dutylog;
    open_museum(dutylog);
    dutylog.write("people.csv", "id,name,in\nana,Ana,hous\nbo,Bo,house\ncy,Cy,hous\n");
    auto line = keepers;
    line.emplace_back("--json");
    const Ran ran = dutylog(line);
    CHECK(ran.exit == 1);
    const json::value answer = json::parse(ran.out);
    CHECK(answer.at("imported") == false);
    REQUIRE(answer.at("bad").as_array().size() == 2);
    CHECK(answer.at("bad").at(0).at("line") == 2);
    CHECK(answer.at("bad").at(1).at("line") == 4);
}

TEST_CASE("a file that is no table is refused with its line", "[cli][import]") {
    struct Row {
        std::string text;
        std::string message;
    };
    const Row rows[] = {{"", "there is no header"},
                        {"id,name,in\nana,\"Ana,house\n", "a quotation mark is not closed"},
                        {"id,name,wage\nana,Ana,7\n", "wage"}};
    Program dutylog;
    open_museum(dutylog);
    for (const Row& row : rows) {
        INFO(row.text);
        dutylog.write("people.csv", row.text);
        const Ran ran = dutylog(keepers);
        CHECK(ran.exit == 2);
        CHECK_THAT(ran.err, Catch::Contains(row.message));
    }
}

TEST_CASE("a dry run tells what would be and records nothing", "[cli][import]") {
    Program dutylog;
    open_museum(dutylog);
    dutylog.write("fans.csv", "of,maintained\nEF-07,false\n");
    const auto events = events_of(dutylog);
    const Ran ran = dutylog({"import", "--log", "{}museum.db", "fan", "{}fans.csv", "--dry-run"});
    CHECK(ran.exit == 0);
    CHECK_THAT(ran.out, Catch::Contains("rows that are good: 1"));
    CHECK(events_of(dutylog) == events);
}
