#include <sys/stat.h>

#include <boost/json.hpp>
#include <filesystem>
#include <map>

#include "adapters/sqlite/store.hpp"
#include "tests/adapters/server/service_program.hpp"

using namespace dutylog;
using dutylog::test::ServiceProgram;
namespace json = boost::json;

namespace {

/// The worst verdict of each part.
std::map<std::string, std::string> verdicts(const std::string& text) {
    std::map<std::string, std::string> found;
    const json::array list = json::parse(text).as_array();
    for (const json::value& each : list) {
        const std::string verdict{each.at("verdict").as_string()};
        if (verdict != "ok") CHECK(each.as_object().contains("help"));
        std::string& kept = found[std::string{each.at("part").as_string()}];
        if (kept.empty() || kept == "ok" || verdict == "fail") kept = verdict;
    }
    return found;
}

struct Clinic : ServiceProgram {
    Clinic() { open_plant(); }
    std::map<std::string, std::string> look(std::vector<std::string> more = {}) {
        std::vector<std::string> words{"doctor", "{}plant.db", "--json", "--set", "server.port=0"};
        words.insert(words.end(), more.begin(), more.end());
        const Ran ran = (*this)(words);
        INFO(ran.out << ran.err);
        exit = ran.exit;
        return verdicts(ran.out);
    }
    int exit = 0;
};

}  // namespace

TEST_CASE("doctor finds nothing that fails with a log as it is made", "[doctor]") {
    Clinic clinic;
    const auto found = clinic.look();
    CHECK(clinic.exit == 0);
    for (const char* part : {"configuration", "sqlite", "disk", "log", "keys", "rules", "key_file",
                             "tokens", "address", "writer", "recorded"}) {
        INFO(part);
        REQUIRE(found.contains(part));
        CHECK(found.at(part) == "ok");
    }
    CHECK(found.at("calendar") == "warn");  // the example library has no holidays
    CHECK(clinic({"doctor", "{}plant.db", "--strict", "--set", "server.port=0"}).exit == 1);
}

TEST_CASE("doctor says what would go wrong at the start", "[doctor]") {
    Clinic clinic;
    std::string part;
    std::vector<std::string> more;
    SECTION("the keys of people are gone") {
        std::filesystem::remove(clinic.file("plant.db.keys"));
        part = "keys";
    }
    SECTION("others may read the keys") {
        chmod(clinic.file("plant.db.keys").c_str(), 0640);
        part = "key_file";
    }
    SECTION("the configuration has a problem") {
        more = {"--set", "server.prot=1"};
        part = "configuration";
    }
    SECTION("the address is not of this machine") {
        more = {"--set", "server.address=203.0.113.1"};
        part = "address";
    }
    SECTION("the certificate cannot be read") {
        more = {"--set", "tls.certificate=/absent", "--set", "tls.key=/absent"};
        part = "certificate";
    }
    SECTION("the log is damaged") {
        std::filesystem::resize_file(clinic.file("plant.db"), 5'000);
        part = "log";
    }
    SECTION("the log is an older one than a kept checkpoint") {
        clinic.given("backup {}plant.db {}older.db");
        clinic.given("act --log {}plant.db add_subject by=records subject=keeper/omar in=house");
        clinic.write("kept", clinic.given("checkpoint {}plant.db").out);
        std::filesystem::copy_file(clinic.file("older.db"), clinic.file("plant.db"),
                                   std::filesystem::copy_options::overwrite_existing);
        for (const char* end : {"-wal", "-shm"})
            std::filesystem::remove(clinic.file(std::string{"plant.db"} + end));
        more = {"--set", "log.checkpoint=" + clinic.file("kept")};
        part = "checkpoint";
    }
    const auto found = clinic.look(more);
    INFO(part);
    CHECK(clinic.exit == 1);
    REQUIRE(found.contains(part));
    CHECK(found.at(part) == "fail");
}

TEST_CASE("doctor notices a clock behind the log, and a writer at work", "[doctor]") {
    Clinic clinic;
    CHECK(clinic.look({"--clock", "2026-01-01T00:00Z"}).at("recorded") == "fail");
    CHECK(clinic.look({"--clock", "1970-01-01T00:00Z"}).at("clock") == "fail");
    const sqlite::SqliteStore writer{clinic.file("plant.db")};
    const auto ran = clinic({"doctor", "{}plant.db", "--set", "server.port=0"});
    CHECK_THAT(ran.out, Catch::Contains("the log is open for writing by process"));
}

TEST_CASE("doctor without a log says how to make one", "[doctor]") {
    ServiceProgram dutylog;
    const auto ran = dutylog({"doctor", "{}absent.db", "--set", "server.port=0"});
    CHECK(ran.exit == 1);
    CHECK_THAT(ran.out, Catch::Contains("there is no log") && Catch::Contains("dutylog init"));
    const auto chinese =
        dutylog({"doctor", "{}absent.db", "--set", "server.port=0", "--lang", "zh-CN"});
    CHECK_THAT(chinese.out, Catch::Contains("没有日志"));
}
