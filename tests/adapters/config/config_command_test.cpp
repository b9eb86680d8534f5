#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "adapters/cli/run.hpp"
#include "adapters/clock/system_runtime.hpp"
#include "adapters/server/commands.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace dutylog;
namespace json = boost::json;

namespace {

struct Ran {
    int exit;
    std::string out;
    std::string err;
};

struct Program {
    test::TemporaryFolder folder;
    clock::SystemRuntime clocks;

    std::string write(const std::string& text) const {
        std::ofstream{folder.file("plant.toml")} << text;
        return folder.file("plant.toml");
    }
    Ran operator()(std::vector<std::string> words) {
        std::ostringstream out;
        std::ostringstream err;
        const int exit = cli::run({.arguments = std::move(words),
                                   .out = out,
                                   .err = err,
                                   .terminal = {},
                                   .language = Language::en,
                                   .clocks = clocks,
                                   .more = server::commands()});
        return {exit, out.str(), err.str()};
    }
};

}  // namespace

TEST_CASE("config show --origin says what is in force and who said so", "[config][cli]") {
    Program dutylog;
    const std::string file = dutylog.write("[server]\nport = 9000\n");
    const Ran ran =
        dutylog({"config", "show", "--origin", "--config", file, "--set", "loop.batch_max=7"});
    CHECK(ran.exit == 0);
    CHECK_THAT(ran.out, Catch::Contains("server.port = 9000") && Catch::Contains(file + ":2:8"));
    CHECK_THAT(ran.out, Catch::Contains("loop.batch_max = 7") && Catch::Contains("--set"));
    CHECK_THAT(ran.out,
               Catch::Contains("server.address = 127.0.0.1") && Catch::Contains("default"));

    const Ran as_json = dutylog({"config", "show", "--json", "--config", file});
    const json::array shown = json::parse(as_json.out).as_array();
    for (const json::value& each : shown)
        if (each.at("key") == "server.port") {
            CHECK(each.at("value") == 9000);
            CHECK(each.at("origin").as_string() == file + ":2:8");
            CHECK(each.at("variable") == "DUTYLOG_SERVER_PORT");
        }
}

TEST_CASE("config check ends with 6 and tells every problem, for people and for programs",
          "[config][cli]") {
    Program dutylog;
    const std::string file = dutylog.write("[server]\nport = 70000\nprot = 1\n");
    const Ran ran = dutylog({"config", "check", "--config", file});
    CHECK(ran.exit == 6);
    CHECK_THAT(ran.err, Catch::Contains(file + ":2:8: server.port") &&
                            Catch::Contains(file + ":3:1: there is no key `server.prot`") &&
                            Catch::Contains("Did you mean `port`?") &&
                            Catch::Contains("log.file must be given"));
    const Ran chinese = dutylog({"config", "check", "--config", file, "--lang", "zh-CN"});
    CHECK_THAT(chinese.err, Catch::Contains("没有键 `server.prot`"));

    const Ran as_json = dutylog({"config", "check", "--json", "--config", file});
    CHECK(as_json.exit == 6);
    const json::array problems = json::parse(as_json.out).at("problems").as_array();
    REQUIRE(problems.size() == 3);
    CHECK(problems[1].at("line") == 2);
    CHECK(problems[1].at("column") == 8);

    const Ran sound = dutylog({"config", "check", "--set", "log.file=plant.db"});
    CHECK(sound.exit == 0);
}

TEST_CASE("serve does not start with a bad configuration", "[config][cli]") {
    Program dutylog;
    const std::string file = dutylog.write("[server]\nport = 70000\n");
    const Ran ran = dutylog({"serve", "plant.db", "--config", file});
    CHECK(ran.exit == 6);
    CHECK_THAT(ran.err, Catch::Contains(file + ":2:8: server.port"));
    const Ran flag = dutylog({"serve", "plant.db", "--port", "x"});
    CHECK(flag.exit == 6);
    CHECK_THAT(flag.err, Catch::Contains("--port: server.port: expected a whole number"));
}
