#include <fmt/format.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "adapters/sqlite/log_row.hpp"
#include "engine/log/tree.hpp"
#include "tests/adapters/sample_file.hpp"
#include "tests/support/appends.hpp"

using namespace dutylog;
using namespace dutylog::log;
using namespace dutylog::test;
using namespace dutylog::sqlite;

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
