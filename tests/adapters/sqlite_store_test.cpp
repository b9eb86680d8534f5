#include "adapters/sqlite/store.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "adapters/sqlite/library.hpp"
#include "adapters/sqlite/reader.hpp"
#include "tests/support/appends.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace dutylog;
using namespace dutylog::log;
using namespace dutylog::test;
using Catch::Contains;
using dutylog::sqlite::Options;
using dutylog::sqlite::SqliteReader;
using dutylog::sqlite::SqliteStore;

namespace {

std::string pragma(const std::string& path, const std::string& name) {
    sqlite::Database database{path, sqlite::Access::read};
    return database.answer("PRAGMA " + name);
}

}  // namespace

TEST_CASE("a second writer is refused and told who has the log", "[sqlite][lock]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("log.sqlite");
    {
        const SqliteStore first{path};
        CHECK_THROWS_WITH(SqliteStore{path}, Contains("is open for writing by process " +
                                                      std::to_string(getpid()) + ", epoch 1"));
    }
    CHECK(SqliteStore{path}.epoch() == 2);
}

TEST_CASE("a writer whose epoch has passed appends nothing more", "[sqlite][lock]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("log.sqlite");
    SqliteStore first{path};
    append_one(first, append_to("duty/a"));
    // A lock file that is taken away lets a second writer in; the epoch still keeps them apart.
    std::filesystem::remove(path + ".lock");
    SqliteStore second{path};
    CHECK_THROWS_WITH(append_one(first, append_to("duty/a")), Contains("another writer"));
    CHECK_THROWS_AS(first.head(), StoreError);
    append_one(second, append_to("duty/a"));
    CHECK(second.head().size == 2);
}

TEST_CASE("a file that is something else is refused and left as it was", "[sqlite]") {
    const TemporaryFolder folder;
    const std::string text = folder.file("text.sqlite");
    std::ofstream{text} << std::string(5000, 'x');
    CHECK_THROWS_AS(SqliteStore{text}, StoreError);
    CHECK_THROWS_AS(SqliteReader{text}, StoreError);

    const std::string other = folder.file("other.sqlite");
    sqlite::Database{other, sqlite::Access::write}.run("CREATE TABLE t(x)");
    CHECK_THROWS_WITH(SqliteStore{other}, Contains("is not a log of Dutylog"));
    CHECK(pragma(other, "journal_mode") == "delete");

    const std::string newer = folder.file("newer.sqlite");
    {
        const SqliteStore store{newer};
    }
    sqlite::Database{newer, sqlite::Access::write}.run("PRAGMA user_version=9");
    CHECK_THROWS_WITH(SqliteStore{newer}, Contains("has format version 9, expected 1"));
}

TEST_CASE("a reader needs a log and never makes one", "[sqlite][reader]") {
    const TemporaryFolder folder;
    CHECK_THROWS_AS(SqliteReader{folder.file("none.sqlite")}, StoreError);
    CHECK_FALSE(std::filesystem::exists(folder.file("none.sqlite")));
}

TEST_CASE("the file says what it is", "[sqlite]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("log.sqlite");
    const SqliteStore store{path};
    CHECK(pragma(path, "application_id") == std::to_string(0x44757479));
    CHECK(pragma(path, "user_version") == "1");
    CHECK(pragma(path, "journal_mode") == "wal");
}

TEST_CASE("the versions of SQLite with the reset fault are known", "[sqlite]") {
    sqlite::Database database{":memory:", sqlite::Access::write};
    const std::string version = database.answer("SELECT sqlite_version()");
    CHECK(sqlite::check_library().version == version);
    const bool is_in_range = database.answer("SELECT sqlite_version() < '3.51.3'") == "1";
    if (version.size() == 6) CHECK(sqlite::check_library().has_wal_reset_fault == is_in_range);
}

TEST_CASE("a reader shows one moment until it is refreshed", "[sqlite][reader]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("log.sqlite");
    Options options;
    options.settle_after = GENERATE(1, 3, 1000);
    SqliteStore writer{path, options};
    SqliteReader reader{path};
    for (std::uint64_t n = 1; n <= 10; ++n) {
        Append append = append_to("duty/" + std::to_string(n % 3));
        const std::string name = std::to_string(n);
        append.set_timers = {{name, {static_cast<std::int64_t>(n)}, n}};
        append.add_outbox = {{name, "mail", {1}, bytes(name)}};
        append.set_rows = {{"t", name, bytes(name)}};
        append.result = {CommandId{name}, sha256(name), bytes(name)};
        append_one(writer, append, {static_cast<std::int64_t>(n)});

        CHECK(reader.head().size == n - 1);
        CHECK(all_events(reader).size() == n - 1);
        CHECK_FALSE(reader.result_of(CommandId{name}));
        reader.refresh();
        CHECK(reader.head() == writer.head());
        CHECK(reader.last_recorded() == writer.last_recorded());
        CHECK(all_events(reader).size() == n);
        CHECK(reader.timers_due({100}, 100) == writer.timers_due({100}, 100));
        CHECK(reader.outbox(100) == writer.outbox(100));
        CHECK(reader.rows("t") == writer.rows("t"));
        CHECK(reader.streams("") == writer.streams(""));
        for (std::uint64_t known = 1; known <= n; ++known)
            CHECK(reader.result_of(CommandId{std::to_string(known)}));
    }
    CHECK_THROWS_AS(append_one(reader, append_to("duty/a")), BadAppend);
    CHECK_THROWS_AS(reader.save_snapshot("a", 1, 1, {}), BadAppend);
}

TEST_CASE("a reader leaves the write-ahead log to the writer", "[sqlite][reader]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("log.sqlite");
    SqliteStore writer{path};
    append_one(writer, append_to("duty/a"));
    const auto wal_bytes = std::filesystem::file_size(path + "-wal");
    const auto database_bytes = std::filesystem::file_size(path);
    {
        const SqliteReader reader{path};
    }
    CHECK(std::filesystem::file_size(path + "-wal") == wal_bytes);
    CHECK(std::filesystem::file_size(path) == database_bytes);
    append_one(writer, append_to("duty/a"));
    CHECK(writer.head().size == 2);
}

TEST_CASE("the write-ahead log is moved into the database when it has grown", "[sqlite]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("log.sqlite");
    Options options;
    options.synchronous = sqlite::Synchronous::off;
    options.checkpoint_pages = 20;
    SqliteStore store{path, options};
    for (int i = 0; i < 200; ++i) append_one(store, append_to("duty/a", std::string(3000, 'p')));
    CHECK(std::filesystem::file_size(path + "-wal") < 60 * 4120);
    CHECK(std::filesystem::file_size(path) > 140 * 4096);
}

TEST_CASE("a damaged snapshot is a lost one", "[sqlite]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("log.sqlite");
    SqliteStore store{path};
    store.save_snapshot("duty/a", 1, 7, bytes("state"));
    REQUIRE(store.snapshot("duty/a", 1));
    sqlite::Database{path, sqlite::Access::write}.run("UPDATE snapshot SET position = 8");
    CHECK_FALSE(store.snapshot("duty/a", 1));
}

TEST_CASE("a damaged event is named and the others are read", "[sqlite]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("log.sqlite");
    SqliteStore store{path};
    append_one(store, append_of({event("duty/a"), event("duty/b"), event("duty/a")}));
    sqlite::Database{path, sqlite::Access::write}.run(
        "UPDATE event SET envelope = x'00' WHERE position = 3");
    CHECK(stream_events(store, "duty/b").size() == 1);
    CHECK_THROWS_WITH(stream_events(store, "duty/a"), Contains("event 3"));
    CHECK_THROWS_AS(store.at(3), DamagedEvent);
    CHECK(store.at(1));
}
