#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "adapters/sqlite/store.hpp"
#include "tests/cli/program.hpp"

using dutylog::cli::test::lines_of;
using dutylog::cli::test::open_museum;
using dutylog::cli::test::Program;
using dutylog::cli::test::Ran;
using dutylog::cli::test::words_of;
namespace json = boost::json;

namespace {

/// How many events the log has, by `verify`.
std::int64_t events_of(Program& dutylog) {
    return json::parse(dutylog({"verify", "{}museum.db", "--json"}).out).at("events").as_int64();
}

const std::string maintenance =
    "act --log {}museum.db complete_step duty=fan-maintenance of=EF-07 ";

}  // namespace

TEST_CASE("what is done is answered with the events it became", "[cli][act]") {
    Program dutylog;
    open_museum(dutylog);
    const Ran done = dutylog(words_of(maintenance + "by=mei step=do.service id=once"));
    CHECK(done.exit == 0);
    CHECK_THAT(done.out, Catch::StartsWith("recorded as #"));

    SECTION("the same id again gets the first answer and does nothing twice") {
        const auto events = events_of(dutylog);
        const Ran again = dutylog(words_of(maintenance + "by=mei step=do.service id=once"));
        CHECK(again.exit == 0);
        CHECK_THAT(again.out, Catch::StartsWith(done.out) && Catch::Contains("answered before"));
        CHECK(events_of(dutylog) == events);
    }
    SECTION("the same id with another body is refused") {
        const Ran other = dutylog(words_of(maintenance + "by=mei step=check.speed id=once"));
        CHECK(other.exit == 3);
    }
}

TEST_CASE("a refusal by a rule exits 3, says the rule, and is on the record", "[cli][act]") {
    Program dutylog;
    open_museum(dutylog);
    dutylog.given({maintenance + "by=mei step=do.service"});
    const Ran refused =
        dutylog({"act", "--log", "{}museum.db", "complete_step", "by=mei", "duty=fan-maintenance",
                 "of=EF-07", "step=check.speed", "form.speed=0.9 m/s"});
    CHECK(refused.exit == 3);
    CHECK_THAT(refused.err, Catch::Contains("refused (checker_is_doer)"));
    const Ran timeline = dutylog({"timeline", "--log", "{}museum.db"});
    CHECK_THAT(timeline.out, Catch::Contains("checker_is_doer"));
}

TEST_CASE("a command that cannot be read names the key, in both languages", "[cli][act]") {
    struct Row {
        std::string command;
        std::string english;
        std::string chinese;
    };
    const Row rows[] = {
        {"complete_stop by=mei", "did you mean `complete_step`?", "是否指 `complete_step`？"},
        {"record_fact by=mei fact=fan", "the key `of` is missing", "缺少键 `of`"},
        {"record_fact by=mei fact=fam of=EF-07", "did you mean `fan`?", "是否指 `fan`？"},
        {"record_fact by=mei fact=fan of=EF-08", "EF-08", "EF-08"},
        {"record_fact by=mei fact=fan of=EF-07 value.maintained=perhaps", "`value.maintained`",
         "`value.maintained`"},
        {"record_fact by=mei fact=fan of=EF-07 colour=red", "has no key `colour`",
         "没有键 `colour`"},
        {"record_fact by=mei fact=fan of=EF-07 at=yesterday", "`at`: expected 2025-12-05",
         "`at`：应为 2025-12-05"},
        {"record_fact", "`by`", "`by`"},
        {"fire_timer by=mei key=x generation=1", "dutylog tick", "dutylog tick"},
    };
    Program dutylog;
    open_museum(dutylog);
    const auto events = events_of(dutylog);
    for (const Row& row : rows) {
        INFO(row.command);
        const auto line = words_of("act --log {}museum.db " + row.command);
        const Ran english = dutylog(line);
        CHECK(english.exit == 2);
        CHECK_THAT(english.err, Catch::Contains(row.english));
        CHECK_THAT(dutylog.in_chinese(line).err, Catch::Contains(row.chinese));
    }
    CHECK(events_of(dutylog) == events);
}

TEST_CASE("each line of standard input is answered by a line, and a bad one stops no other",
          "[cli][act]") {
    Program dutylog;
    open_museum(dutylog);
    const Ran ran = dutylog.with_input(
        "{\"id\":\"a\",\"command\":\"add_subject\",\"by\":\"records\",\"subject\":\"object/"
        "vase\",\"in\":\"north\"}\n"
        "not json\n"
        "\n"
        "{\"id\":\"b\",\"command\":\"request_act\",\"by\":\"omar\",\"of\":\"vase\",\"act\":"
        "\"loan\",\"value\":{\"borrower\":\"city\"}}\n"
        "{\"id\":\"a\",\"command\":\"add_subject\",\"by\":\"records\",\"subject\":\"object/"
        "vase\",\"in\":\"north\"}",
        {"act", "--log", "{}museum.db", "-"});
    CHECK(ran.exit == 2);
    const auto lines = lines_of(ran.out);
    REQUIRE(lines.size() == 4);
    CHECK(json::parse(lines[0]).at("id") == "a");
    CHECK(json::parse(lines[1]).at("line") == 2);
    CHECK(json::parse(lines[1]).as_object().contains("error"));
    CHECK(json::parse(lines[2]).at("refused").at("reason") == "gate_closed");
    CHECK(json::parse(lines[3]).at("repeated") == true);
    CHECK(json::parse(lines[3]).at("events") == json::parse(lines[0]).at("events"));
}

TEST_CASE("timers fire when the clock says so, each once", "[cli][tick]") {
    Program dutylog;
    open_museum(dutylog);
    dutylog.now = "2025-07-01T09:00+01:00";
    const Ran first = dutylog({"tick", "--log", "{}museum.db"});
    CHECK(first.exit == 0);
    const auto events = events_of(dutylog);
    CHECK(dutylog({"tick", "--log", "{}museum.db"}).exit == 0);
    CHECK(events_of(dutylog) == events);
    CHECK_THAT(dutylog({"first-missed", "--log", "{}museum.db"}).out,
               Catch::Contains("Maintenance of the fans, EF-07"));
}

TEST_CASE("a log that is open for writing elsewhere exits 5, and answers questions all the same",
          "[cli][locked]") {
    Program dutylog;
    open_museum(dutylog);
    const dutylog::sqlite::SqliteStore elsewhere{dutylog.file("museum.db")};
    const Ran act = dutylog(words_of(maintenance + "by=mei step=do.service"));
    CHECK(act.exit == 5);
    CHECK_THAT(act.err, Catch::Contains("open for writing elsewhere"));
    CHECK(dutylog({"duties", "--log", "{}museum.db"}).exit == 0);
}
