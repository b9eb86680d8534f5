#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "tests/cli/program.hpp"

using dutylog::cli::test::lines_of;
using dutylog::cli::test::open_museum;
using dutylog::cli::test::Program;
using dutylog::cli::test::Ran;
using dutylog::cli::test::words_of;
namespace json = boost::json;

namespace {

/// The museum a year later, with a service that was missed and done late.
void live_a_year(Program& dutylog) {
    open_museum(dutylog);
    dutylog.now = "2025-07-01T09:00+02:00";
    dutylog.given(
        {"act --log {}museum.db complete_step by=mei duty=fan-maintenance of=EF-07 "
         "step=do.service"});
    dutylog.write("point", dutylog({"checkpoint", "{}museum.db"}).out);
}

}  // namespace

TEST_CASE("with --json every answer is JSON, for questions and for failures", "[cli][json]") {
    Program dutylog;
    live_a_year(dutylog);
    const std::string duty = " --log {}museum.db --duty fan-maintenance --of EF-07";
    const std::pair<std::string, int> rows[] = {
        {"version", 0},
        {"explain", 0},
        {"explain DL0104", 0},
        {"schema", 0},
        {"schema commands", 0},
        {"check " DUTYLOG_SOURCE_DIR "/workflows/examples", 0},
        {"test " DUTYLOG_SOURCE_DIR "/workflows/examples", 0},
        {"duties --log {}museum.db", 0},
        {"state" + duty, 0},
        {"state" + duty + " --why", 0},
        {"state" + duty + " --at 2025-06-12 --known-at 2025-07-01", 0},
        {"state" + duty + " --rules-at 2025-06-12 --day-off 2025-06-12", 0},
        {"timeline --log {}museum.db --all", 0},
        {"first-missed --log {}museum.db", 0},
        {"told" + duty, 0},
        {"when-known --log {}museum.db 10", 0},
        {"gate --log {}museum.db --of EF-07", 0},
        {"rests-on --log {}museum.db 10", 0},
        {"what-if --log {}museum.db --drop 10", 0},
        {"signals" + duty, 0},
        {"verify {}museum.db", 0},
        {"verify {}museum.db --checkpoint {}point", 0},
        {"verify {}museum.db --rehearse", 0},
        {"checkpoint {}museum.db", 0},
        {"export {}museum.db", 0},
        {"tick --log {}museum.db", 0},
        {"verify {}none.db", 4},
        {"state --log {}museum.db --duty nothing", 2},
        {"rests-on --log {}museum.db 100000", 2},
        {"duties", 2},
        {"duty", 2},
    };
    for (const auto& [line, exit] : rows) {
        INFO(line);
        auto words = words_of(line);
        words.emplace_back("--json");
        const Ran ran = dutylog(words);
        INFO(ran.out.substr(0, 300) << ran.err);
        CHECK(ran.exit == exit);
        const std::string& told = exit == 0 ? ran.out : ran.err;
        CHECK_FALSE(lines_of(told).empty());
        for (const std::string& each : lines_of(told)) {
            json::error_code error;
            (void)json::parse(each, error);
            CHECK_FALSE(error);
        }
    }
}

TEST_CASE("a missed deadline is told with its dates and its event, in both languages",
          "[cli][questions]") {
    Program dutylog;
    live_a_year(dutylog);
    const std::vector<std::string> question{"first-missed", "--log", "{}museum.db"};
    CHECK_THAT(dutylog(question).out,
               Catch::Contains("2025-06-10  Maintenance of the fans, EF-07") &&
                   Catch::Contains("overdue [MC-01 House rules of the museum 4]"));
    CHECK_THAT(dutylog.in_chinese(question).out,
               Catch::Contains("2025-06-10  风机维护（EF-07）：逾期"));
    CHECK_THAT(
        dutylog({"told", "--log", "{}museum.db", "--duty", "fan-maintenance", "--of", "EF-07"}).out,
        Catch::Contains("Omar: last planned 2025-07-01 #"));
    CHECK_THAT(dutylog
                   .in_chinese({"told", "--log", "{}museum.db", "--duty", "fan-maintenance", "--of",
                                "EF-07"})
                   .out,
               Catch::Contains("Omar：最近计划 2025-07-01 #"));
}

TEST_CASE("an answer to a piped reader holds no colour, on a terminal it does", "[cli][colour]") {
    Program dutylog;
    live_a_year(dutylog);
    CHECK(dutylog({"timeline", "--log", "{}museum.db"}).out.find('\x1b') == std::string::npos);
    dutylog.terminal.colour_out = true;
    CHECK(dutylog({"timeline", "--log", "{}museum.db"}).out.find('\x1b') != std::string::npos);
}

TEST_CASE("a log made anew tells the next command with a kind of the library", "[cli][init]") {
    Program dutylog;
    const Ran made =
        dutylog({"init", "{}a.db", "--library", DUTYLOG_SOURCE_DIR "/workflows/examples"});
    CHECK(made.exit == 0);
    CHECK_THAT(made.out, Catch::Contains("subject=museum/"));
    const Ran again =
        dutylog({"init", "{}a.db", "--library", DUTYLOG_SOURCE_DIR "/workflows/examples"});
    CHECK(again.exit == 2);
    CHECK_THAT(again.err, Catch::Contains("a new log needs a new file"));
}

TEST_CASE("under another calendar the dates that differ are told beside those decided",
          "[cli][rules]") {
    Program dutylog;
    dutylog.given(
        {"run " DUTYLOG_SOURCE_DIR "/scenarios/drills/two_editions.yaml --log {}mine.db"});
    dutylog.now = "2025-12-31T20:00+08:00";
    dutylog.terminal.columns = 200;
    const std::string duty = "state --log {}mine.db --duty in-post-examination --of ma ";
    const auto question = words_of(duty + "--rules-at 2026-08-01");
    CHECK_THAT(dutylog(question).out,
               Catch::Contains("Under the rules valid on 2026-08-01 (GBZ 188-2025, ") &&
                   Catch::Contains("due 2026-03-18; as decided (GBZ 188-2014): due 2027-03-18."));
    CHECK_THAT(dutylog.in_chinese(question).out,
               Catch::Contains("按 2026-08-01 有效的规则（GBZ 188-2025、") &&
                   Catch::Contains("期限 2026-03-18；按原判定（GBZ 188-2014）：期限 2027-03-18。"));
    CHECK_THAT(dutylog(words_of(duty + "--rules-at 2025-12-31")).out,
               Catch::Contains("every date is as decided"));
}
