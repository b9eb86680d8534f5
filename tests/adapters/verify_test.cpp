#include "adapters/sqlite/verify.hpp"

#include <fmt/format.h>
#include <sqlite3.h>
#include <catch2/catch.hpp>
#include <fstream>

#include "adapters/sqlite/log_row.hpp"
#include "adapters/sqlite/reader.hpp"
#include "engine/log/tree.hpp"
#include "tests/adapters/sample_log.hpp"
#include "tests/support/appends.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace dutylog;
using namespace dutylog::log;
using namespace dutylog::test;
using namespace dutylog::sqlite;

namespace {

/// The sample log in a file, which the tests damage with plain SQL.
class SampleFile {
public:
    SampleFile() { write_sample_log(path()); }
    std::string path() const { return folder_.file("log.sqlite"); }
    void run(const std::string& sql) const { Database{path(), Access::write}.run(sql); }
    TreeHead head() const { return SqliteReader{path()}.head(); }
    std::vector<Finding> findings(VerifyOptions options = {}) const {
        options.rebuild = derive_sample;
        return verify(path(), options);
    }

private:
    TemporaryFolder folder_;
};

bool names_table(const std::vector<Finding>& findings, const std::string& table) {
    return std::ranges::any_of(findings, [&](const Finding& f) { return f.table == table; });
}

std::string listed(const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) text += to_string(finding) + "\n";
    return text;
}

/// A copy in memory of the log in a file.
std::shared_ptr<Database> in_memory(const std::string& path) {
    auto copy = std::make_shared<Database>(":memory:", Access::write);
    Database original{path, Access::read};
    sqlite3_backup* backup = sqlite3_backup_init(copy->raw(), "main", original.raw(), "main");
    REQUIRE(sqlite3_backup_step(backup, -1) == SQLITE_DONE);
    sqlite3_backup_finish(backup);
    return copy;
}

}  // namespace

TEST_CASE("a sound log has no findings", "[sqlite][verify]") {
    const SampleFile file;
    CHECK(listed(file.findings()) == "");
    CHECK(listed(file.findings({.threads = 1})) == "");
    CHECK(listed(file.findings({.kept_heads = {file.head(), {0, sha256("")}}})) == "");
    CHECK(listed(verify(in_memory(file.path()))) == "");
}

TEST_CASE("an empty log and a settled one have no findings", "[sqlite][verify]") {
    const TemporaryFolder folder;
    {
        const SqliteStore store{folder.file("empty.sqlite")};
    }
    CHECK(listed(verify(folder.file("empty.sqlite"))) == "");
    const SampleFile file;
    SqliteStore{file.path()}.settle();
    CHECK(listed(file.findings()) == "");
}

TEST_CASE("a log may be verified beside its writer", "[sqlite][verify]") {
    const SampleFile file;
    SqliteStore writer{file.path()};
    append_one(writer, append_to("duty/1"));
    CHECK(listed(verify(file.path())) == "");
    append_one(writer, append_to("duty/1"));
    CHECK(writer.head().size == SqliteReader{file.path()}.head().size);
}

TEST_CASE("what is no log is a finding too", "[sqlite][verify]") {
    const TemporaryFolder folder;
    CHECK(names_table(verify(folder.file("none.sqlite")), "database"));
    Database{folder.file("other.sqlite"), Access::write}.run("CREATE TABLE t(x)");
    CHECK(names_table(verify(folder.file("other.sqlite")), "database"));
}

TEST_CASE("rows that are missing, added or moved are found", "[sqlite][verify]") {
    const auto [where, damage] = GENERATE(table<std::string, std::string>({
        {"event", "DELETE FROM event WHERE position = 7"},
        {"event", "DELETE FROM event WHERE position > 20"},
        {"event", "UPDATE event SET position = 1000 WHERE position = 7"},
        {"event",
         "INSERT INTO event SELECT 1000, stream, previous, recorded, leaf, envelope,"
         " payload, result FROM event WHERE position = 7"},
        {"event", "UPDATE event SET payload = CAST(payload || x'00' AS BLOB) WHERE position = 2"},
        {"stream", "DELETE FROM stream WHERE id = 2"},
        {"stream",
         "INSERT INTO stream SELECT 99, 'x', version, position, leaf FROM stream"
         " WHERE id = 1"},
        {"log", "DELETE FROM log"},
        {"log", "INSERT INTO log SELECT 2, epoch, batch, recorded, frontier, sum FROM log"},
        {"event", "DELETE FROM batch"},
        {"batch", "DELETE FROM batch WHERE number = (SELECT min(number) FROM batch)"},
        {"command", "DELETE FROM command WHERE number = 1"},
        {"command", "DELETE FROM command WHERE number = 2"},
        {"command_hash", "DELETE FROM command_hash"},
        {"timer", "DELETE FROM timer WHERE key = (SELECT max(key) FROM timer)"},
        {"outbox", "DELETE FROM outbox WHERE id = (SELECT max(id) FROM outbox)"},
        {"projection", "DELETE FROM projection WHERE key = (SELECT max(key) FROM projection)"},
        {"database", "DROP INDEX timer_due"},
        {"database", "CREATE TABLE t(x)"},
        {"database", "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM timer; END"},
        {"database", "PRAGMA user_version = 2"},
    }));
    INFO(damage);
    const SampleFile file;
    // A row that an unsettled change replaces may go unmissed; so those tables are settled first.
    if (where == "timer" || where == "outbox" || where == "projection")
        SqliteStore{file.path()}.settle();
    file.run(damage);
    const auto findings = file.findings();
    INFO(listed(findings));
    CHECK(names_table(findings, where));
}

namespace {

struct Place {
    std::string table;
    std::string row;  ///< SQL that finds the row
    std::string column;
    std::string type;
    std::string value;  ///< bytes; for a number its 8 bytes
};

/// Columns of a table, those of its primary key first.
struct Columns {
    std::vector<std::pair<std::string, std::string>> all;  ///< name and type
    std::vector<std::string> key;
};

Columns columns_of(Database& database, const std::string& table) {
    Columns columns;
    Statement select{database, "SELECT name, type, pk FROM pragma_table_info('" + table + "')"};
    for (Rows rows{select}; rows.next();) {
        columns.all.emplace_back(rows.text(0), rows.text(1));
        if (rows.integer(2) > 0) columns.key.emplace_back(rows.text(0));
    }
    return columns;
}

/// Every column of every row of every table.
std::vector<Place> every_place(Database& database) {
    std::vector<Place> places;
    Statement tables{database, "SELECT name FROM sqlite_schema WHERE type = 'table'"};
    for (Rows table{tables}; table.next();) {
        const std::string name{table.text(0)};
        const Columns columns = columns_of(database, name);
        std::string row = "'1'";
        for (const std::string& key : columns.key)
            row += fmt::format(" || ' AND {0} = ' || quote({0})", key);
        for (const auto& [column, type] : columns.all) {
            Statement select{database, fmt::format("SELECT {}, {} FROM {}", row, column, name)};
            for (Rows rows{select}; rows.next();) {
                std::string value = text(rows.bytes(1));
                if (type == "INTEGER") {
                    const std::int64_t number = rows.integer(1);
                    value.assign(reinterpret_cast<const char*>(&number), sizeof number);
                }
                places.push_back({name, std::string{rows.text(0)}, column, type, value});
            }
        }
    }
    return places;
}

/// SQL that writes `value` to a place.
std::string write_sql(const Place& place, const std::string& value) {
    std::string literal = "x'" + to_hex(bytes_of(value)) + "'";
    if (place.type == "TEXT") literal = "CAST(" + literal + " AS TEXT)";
    if (place.type == "INTEGER") {
        std::int64_t number = 0;
        std::memcpy(&number, value.data(), sizeof number);
        // The smallest number has no literal of its own.
        literal = number == std::numeric_limits<std::int64_t>::min() ? "(-9223372036854775807 - 1)"
                                                                     : std::to_string(number);
    }
    return fmt::format("UPDATE {} SET {} = {} WHERE {}", place.table, place.column, literal,
                       place.row);
}

/// False where SQLite refuses, because another row has that key.
bool can_be_written(Database& database, const Place& place, const std::string& value) {
    try {
        database.run(write_sql(place, value));
        return true;
    } catch (const StoreError& error) {
        REQUIRE_THAT(error.what(), Catch::Contains("UNIQUE constraint failed"));
        return false;
    }
}

}  // namespace

TEST_CASE("a flipped bit in any byte of any column of any row is found", "[sqlite][verify]") {
    const SampleFile file;
    const auto database = in_memory(file.path());
    const bool rebuild = GENERATE(false, true);
    VerifyOptions options{.integrity_check = false};
    if (rebuild) options.rebuild = derive_sample;
    std::map<std::string, std::size_t> flips;
    std::string missed;
    for (const Place& place : every_place(*database)) {
        // With the engine's help only the first byte of each value is flipped again.
        const std::size_t end =
            rebuild ? std::min<std::size_t>(1, place.value.size()) : place.value.size();
        for (std::size_t i = 0; i < end; ++i) {
            std::string value = place.value;
            value[i] = static_cast<char>(value[i] ^ (1 << (i % 8)));
            Transaction rolled_back{*database};
            if (!can_be_written(*database, place, value)) continue;
            ++flips[place.table];
            if (!names_table(verify(database, options), place.table))
                missed +=
                    fmt::format("{} {} byte {} of {}\n", place.table, place.row, i, place.column);
        }
    }
    CHECK(missed == "");
    CHECK(flips.size() == 11);
    CHECK(flips.at("event") > (rebuild ? 150U : 10'000U));
}

namespace {

/// Writes the whole log anew with other content, so that it agrees with itself in every hash.
void forge(const std::string& from, const std::string& to, Position changed) {
    SqliteReader original{from};
    SqliteStore forged{to};
    Append append;
    Instant recorded;
    const auto write = [&] {
        if (!append.events.empty()) append_one(forged, append, recorded);
        append.events.clear();
    };
    original.scan(1, [&](const StoredEvent& stored) {
        const Envelope& e = stored.envelope;
        NewEvent event{.stream = e.stream,
                       .type = e.type,
                       .schema = e.schema,
                       .effective = e.effective,
                       .late_reason = e.late_reason,
                       .bundle = e.bundle,
                       .actor = e.actor,
                       .on_behalf_of = e.on_behalf_of,
                       .command = e.command,
                       .origin = e.origin,
                       .correlation = e.correlation,
                       .rests_on = {},
                       .corrects = e.corrects,
                       .key = e.key,
                       .payload = stored.payload,
                       .state_hash = e.state_hash,
                       .fold_version = e.fold_version};
        for (const RestsOn& read : e.rests_on) event.rests_on.push_back(read.position);
        if (e.position == changed) event.payload = bytes("what should have happened");
        // An event with a cause was appended together with it.
        if (e.cause == 0) write();
        event.cause = e.cause == 0 ? -1 : 0;
        append.events.push_back(event);
        recorded = e.recorded;
        return true;
    });
    write();
}

/// Cuts the log back to `size` events and writes the state that such a log would have.
void truncate(const std::string& path, Position size) {
    SqliteStore{path}.settle();
    Frontier frontier;
    Instant recorded;
    std::int64_t batch = 0;
    std::uint64_t epoch = 0;
    {
        SqliteReader reader{path};
        for (const Digest& leaf : reader.leaves(0, size)) frontier.append(leaf);
        recorded = reader.at(size)->envelope.recorded;
    }
    Database database{path, Access::write};
    LogRow row{database};
    batch = row.read().batch;
    epoch = row.read().epoch;
    database.run(fmt::format("DELETE FROM event WHERE position > {}", size));
    row.write({epoch, batch, recorded, frontier});
    database.run(
        "DELETE FROM stream; INSERT INTO stream(id, name, version, position, leaf)"
        " SELECT stream, 'x' || stream, 0, max(position), leaf FROM event GROUP BY stream");
}

}  // namespace

TEST_CASE("a log that was forged as a whole agrees with itself but not with a checkpoint",
          "[sqlite][verify]") {
    const SampleFile file;
    const TemporaryFolder folder;
    const std::string forged = folder.file("forged.sqlite");
    forge(file.path(), forged, 7);
    REQUIRE(SqliteReader{forged}.head().size == file.head().size);
    CHECK(listed(verify(forged)) == "");

    const auto findings = verify(forged, {.kept_heads = {file.head()}});
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].table == "checkpoint");
    CHECK(findings[0].part == "root");
    CHECK(findings[0].expected == to_hex(file.head().root));
    CHECK(findings[0].found == to_hex(SqliteReader{forged}.head().root));

    // A checkpoint from before the change still holds, one from after it does not.
    SqliteReader original{file.path()};
    const TreeHead before{6, root_of(original.leaves(0, 6))};
    const TreeHead after{7, root_of(original.leaves(0, 7))};
    CHECK(verify(forged, {.kept_heads = {before}}).empty());
    CHECK(verify(forged, {.kept_heads = {after}}).size() == 1);
}

TEST_CASE("a cut tail is found by a checkpoint, however well the rest was made to fit",
          "[sqlite][verify]") {
    const SampleFile file;
    const TreeHead kept = file.head();
    truncate(file.path(), kept.size - 5);
    const auto findings = verify(file.path(), {.kept_heads = {kept}});
    INFO(listed(findings));
    CHECK(std::ranges::any_of(findings, [&](const Finding& finding) {
        return finding.table == "checkpoint" && finding.part == "size" &&
               finding.found == std::to_string(kept.size - 5);
    }));
}

TEST_CASE("a cut tail alone is found without a checkpoint", "[sqlite][verify]") {
    const SampleFile file;
    file.run("DELETE FROM event WHERE position > 3");
    const auto findings = file.findings();
    REQUIRE_FALSE(findings.empty());
    CHECK(to_string(findings[0]) == "event 4, row: expected an event, found nothing");
}

TEST_CASE("derived rows that the events do not give are found", "[sqlite][verify]") {
    const SampleFile file;
    {
        SqliteStore store{file.path()};
        Append forged;
        forged.set_timers = {{"timer/1", {1}, 1}};
        forged.add_outbox = {{"entry/forged", "mail", {1}, {}}};
        forged.set_rows = {{"other", "row", bytes("x")}};
        forged.result = {CommandId{"forged"}, {}, {}};
        append_one(store, forged);
    }
    CHECK(verify(file.path()).empty());
    const auto findings = file.findings();
    INFO(listed(findings));
    CHECK(names_table(findings, "timer"));
    CHECK(names_table(findings, "outbox"));
    CHECK(names_table(findings, "projection"));
    CHECK(names_table(findings, "command"));
}

TEST_CASE("damaged pages are a finding", "[sqlite][verify]") {
    const SampleFile file;
    SqliteStore{file.path()}.settle();
    Database{file.path(), Access::write}.run("PRAGMA wal_checkpoint(TRUNCATE)");
    std::fstream pages{file.path(), std::ios::in | std::ios::out | std::ios::binary};
    pages.seekp(4096 * 3 + 3);
    pages.put('\x7f').put('\x7f');
    pages.close();
    CHECK(names_table(verify(file.path()), "database"));
}
