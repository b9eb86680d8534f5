#include <sys/stat.h>

#include <boost/json.hpp>
#include <filesystem>
#include <thread>

#include "adapters/sqlite/backup.hpp"
#include "adapters/sqlite/store.hpp"
#include "engine/log/base64.hpp"
#include "engine/pdca/stored.hpp"
#include "tests/adapters/server/service_program.hpp"

using namespace dutylog;
using dutylog::test::ServiceProgram;
namespace json = boost::json;

namespace {

unsigned mode_of(const std::string& path) {
    struct stat about{};
    REQUIRE(stat(path.c_str(), &about) == 0);
    return about.st_mode & 0777;
}

/// The files of the folder that are not there at the start.
std::vector<std::string> files_of(const ServiceProgram& dutylog) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{dutylog.file("")})
        names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
}

std::string last_line(std::string text) {
    while (text.ends_with('\n')) text.pop_back();
    return text.substr(text.rfind('\n') + 1);
}

/// Overwrites one byte of a file.
void spoil(const std::string& path, std::size_t at) {
    std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
    file.seekg(static_cast<std::streamoff>(at));
    const char found = static_cast<char>(file.get());
    file.seekp(static_cast<std::streamoff>(at));
    file.put(static_cast<char>(found ^ 1));
}

}  // namespace

TEST_CASE("a backup is taken while a writer has the log open, verifies, and restores to the same",
          "[backup]") {
    ServiceProgram dutylog;
    dutylog.open_plant();
    {
        const sqlite::SqliteStore writer{dutylog.file("plant.db")};
        dutylog.given("backup {}plant.db {}copy.db --with-keys");
    }
    CHECK(mode_of(dutylog.file("copy.db")) == 0600);
    CHECK(mode_of(dutylog.file("copy.db.keys")) == 0600);
    CHECK(dutylog.read("copy.db.keys") == dutylog.read("plant.db.keys"));
    dutylog.given("verify {}copy.db --checkpoint {}copy.db.checkpoint");
    for (const char* end : {"-wal", "-shm"})
        CHECK_FALSE(std::filesystem::exists(dutylog.file(std::string{"copy.db"} + end)));

    dutylog.given("restore {}copy.db {}new.db");
    INFO("the restored log holds the same, and then that it was restored");
    const std::string before = dutylog.given("export {}plant.db").out;
    const std::string after = dutylog.given("export {}new.db").out;
    REQUIRE(after.starts_with(before));
    CHECK(std::ranges::count(after.substr(before.size()), '\n') == 1);
    CHECK_THAT(after.substr(before.size()), Catch::Contains("log.restored"));
    dutylog.given("verify {}new.db --checkpoint {}copy.db.checkpoint");
    CHECK_FALSE(std::filesystem::exists(dutylog.file("new.db.part.lock")));
    CHECK(sqlite::epoch_of(dutylog.file("new.db")) > sqlite::epoch_of(dutylog.file("copy.db")));
    dutylog.given(
        "act --log {}new.db add_subject by=records subject=keeper/omar in=house name=Omar");
}

TEST_CASE("keys stay where they are unless they are asked for, and a log without them verifies",
          "[backup]") {
    ServiceProgram dutylog;
    dutylog.open_plant();
    dutylog.given("backup {}plant.db {}copy.db");
    CHECK_FALSE(std::filesystem::exists(dutylog.file("copy.db.keys")));
    dutylog.given("restore {}copy.db {}new.db");
    CHECK_FALSE(std::filesystem::exists(dutylog.file("new.db.keys")));
    dutylog.given("verify {}new.db");
}

TEST_CASE("nothing is ever overwritten, and what fails leaves nothing behind", "[backup]") {
    ServiceProgram dutylog;
    dutylog.open_plant();
    dutylog.write("taken", "mine");
    CHECK(dutylog({"backup", "{}plant.db", "{}taken"}).exit == 2);
    CHECK(dutylog.read("taken") == "mine");
    dutylog.given("backup {}plant.db {}copy.db");
    CHECK(dutylog({"backup", "{}plant.db", "{}copy.db"}).exit == 2);
    CHECK(dutylog({"restore", "{}copy.db", "{}plant.db"}).exit == 2);
    CHECK(dutylog({"restore", "{}copy.db", "{}taken"}).exit == 2);
    CHECK(dutylog.read("taken") == "mine");
    CHECK(dutylog({"backup", "{}absent.db", "{}other.db"}).exit == 4);
    for (const std::string& name : files_of(dutylog)) {
        INFO(name);
        CHECK(name.find(".part") == std::string::npos);
        CHECK_FALSE(name.starts_with("other.db"));
    }
}

TEST_CASE(
    "a restore that is behind a kept checkpoint says so in one sentence, and a new epoch begins",
    "[backup]") {
    ServiceProgram dutylog;
    dutylog.open_plant();
    dutylog.given("backup {}plant.db {}copy.db");
    for (const char* person : {"omar", "ana"})
        dutylog.given(
            std::string{"act --log {}plant.db add_subject by=records in=house subject=keeper/"} +
            person);
    dutylog.write("kept", dutylog.given("checkpoint {}plant.db").out);

    const auto ran = dutylog({"restore", "{}copy.db", "{}new.db", "--checkpoint", "{}kept"});
    CHECK(ran.exit == 1);
    CHECK_THAT(ran.err,
               Catch::Contains("is behind: it holds 3 events") && Catch::Contains("names 5"));
    CHECK(std::filesystem::exists(dutylog.file("new.db")));

    const auto record = json::parse(last_line(dutylog.given("export {}new.db").out));
    const auto payload = log::parse_base64(std::string{record.at("payload").as_string()});
    REQUIRE(payload);
    const auto restored = log::from_bytes<pdca::LogRestored>(*payload);
    CHECK(restored.events == 3);
    CHECK(restored.known_events == 5);
    CHECK(restored.epoch > restored.epoch_before);
    CHECK(record.at("actor") == "restore");
    const auto named = dutylog({"restore", "{}copy.db", "{}third.db", "--by", "chen"});
    CHECK(named.exit == 0);
    CHECK(json::parse(last_line(dutylog.given("export {}third.db").out)).at("actor") == "chen");

    const auto as_json =
        dutylog({"restore", "{}copy.db", "{}other.db", "--json", "--checkpoint", "{}kept"});
    CHECK(json::parse(as_json.out).at("missing") == 2);
    CHECK(json::parse(as_json.out).at("epoch").as_int64() >
          static_cast<std::int64_t>(sqlite::epoch_of(dutylog.file("copy.db"))));
}

TEST_CASE("a backup that was changed, or is of another history, restores nothing", "[backup]") {
    ServiceProgram dutylog;
    dutylog.open_plant();
    dutylog.given("backup {}plant.db {}copy.db");
    SECTION("a byte of it is another one") {
        spoil(dutylog.file("copy.db"), 3 * 4096 + 4000);
        spoil(dutylog.file("copy.db"), 4 * 4096 + 4000);
    }
    SECTION("it agrees with itself, but not with what was kept") {
        dutylog.given("init {}forged.db --library " DUTYLOG_SOURCE_DIR
                      "/workflows/examples --employer house");
        dutylog.given("act --log {}forged.db add_subject by=records subject=keeper/eve in=house");
        std::filesystem::copy_file(dutylog.file("forged.db"), dutylog.file("copy.db"),
                                   std::filesystem::copy_options::overwrite_existing);
    }
    const auto ran = dutylog({"restore", "{}copy.db", "{}new.db"});
    INFO(ran.out << ran.err);
    CHECK((ran.exit == 1 || ran.exit == 4));
    CHECK_FALSE(std::filesystem::exists(dutylog.file("new.db")));
    CHECK_FALSE(std::filesystem::exists(dutylog.file("new.db.part")));
}

TEST_CASE("a copy holds one moment, however fast a writer goes on", "[backup]") {
    ServiceProgram dutylog;
    dutylog.open_plant();
    sqlite::Options fast;
    fast.synchronous = sqlite::Synchronous::off;
    sqlite::SqliteStore writer{dutylog.file("plant.db"), fast};
    std::atomic<bool> done{false};
    std::jthread copying{[&] {
        for (int i = 0; i < 20; ++i) {
            const std::string to = dutylog.file("copy" + std::to_string(i));
            sqlite::copy_log(dutylog.file("plant.db"), to);
        }
        done = true;
    }};
    int number = 0;
    while (!done) {
        log::Append append;
        append.result = log::CommandResult{};
        append.result->command = CommandId{"c" + std::to_string(++number)};
        writer.append(std::span{&append, 1}, Instant{number});
    }
    copying.join();
    CHECK(number > 1);
    for (int i = 0; i < 20; ++i) dutylog.given("verify {}copy" + std::to_string(i));
}
