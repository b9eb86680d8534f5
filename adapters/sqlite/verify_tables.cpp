#include "adapters/sqlite/verify_tables.hpp"

#include <algorithm>
#include <map>

#include "adapters/sqlite/effects.hpp"
#include "adapters/sqlite/row_sum.hpp"
#include "adapters/sqlite/schema.hpp"

namespace dutylog::sqlite {

using namespace log;

namespace {

using Names = std::map<std::string, std::string>;

Names schema_of(Database& database) {
    Names names;
    Statement select{database, "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema"};
    for (Rows rows{select}; rows.next();)
        names.emplace(std::string{rows.text(0)}, std::string{rows.text(1)});
    return names;
}

const Names& schema_of_a_new_log() {
    static const Names names = [] {
        Database database{":memory:", Access::write};
        database.run(schema_sql());
        return schema_of(database);
    }();
    return names;
}

/// Takes effects and does nothing: it is enough that they can be read.
class Unused final : public EffectsSink {
    void drop_timer(std::string_view) override {}
    void set_timer(const TimerView&) override {}
    void drop_outbox(std::string_view) override {}
    void add_outbox(const OutboxView&) override {}
    void drop_row(std::string_view, std::string_view) override {}
    void set_row(const RowView&) override {}
};

/// Reads a frontier; its findings name the row.
std::optional<Frontier> frontier_in(BytesView bytes, const StatedState& at, Findings& findings) {
    try {
        return Frontier::of(bytes);
    } catch (const DecodeError& error) {
        findings.add({at.table, at.row, "frontier", "a frontier", error.what()});
        return std::nullopt;
    }
}

void read_log_row(Database& database, std::vector<StatedState>& into, Findings& findings) {
    Statement select{database, "SELECT id, epoch, batch, recorded, frontier, sum FROM log"};
    int count = 0;
    for (Rows rows{select}; rows.next(); ++count) {
        StatedState stated{"log", std::to_string(rows.integer(0)), {}};
        findings.expect_equal("log", stated.row, "id", std::int64_t{1}, rows.integer(0));
        findings.expect_equal(
            "log", stated.row, "sum",
            RowSum::of(1, rows.integer(1), rows.integer(2), rows.integer(3), rows.bytes(4)),
            rows.integer(5));
        stated.state.batch = rows.integer(2);
        stated.state.recorded.micros = rows.integer(3);
        if (auto frontier = frontier_in(rows.bytes(4), stated, findings)) {
            stated.state.frontier = std::move(*frontier);
            into.push_back(std::move(stated));
        }
    }
    findings.expect_equal("log", "", "rows", 1, count);
}

void read_batches(Database& database, std::vector<StatedState>& into, Findings& findings) {
    Statement select{database,
                     "SELECT number, recorded, frontier, effects, sum FROM batch ORDER BY number"};
    std::int64_t last = into.empty() ? 0 : into.back().state.batch;
    for (Rows rows{select}; rows.next();) {
        StatedState stated{"batch", std::to_string(rows.integer(0)), {}};
        findings.expect_equal("batch", stated.row, "number", ++last, rows.integer(0));
        findings.expect_equal(
            "batch", stated.row, "sum",
            RowSum::of(rows.integer(0), rows.integer(1), rows.bytes(2), rows.bytes(3)),
            rows.integer(4));
        try {
            Unused unused;
            decode_effects(rows.bytes(3), unused);
        } catch (const DecodeError& error) {
            findings.add({"batch", stated.row, "effects", "effects", error.what()});
        }
        stated.state.recorded.micros = rows.integer(1);
        if (auto frontier = frontier_in(rows.bytes(2), stated, findings)) {
            stated.state.frontier = std::move(*frontier);
            into.push_back(std::move(stated));
        }
    }
}

}  // namespace

std::string to_string(const Finding& finding) {
    std::string text = finding.table;
    if (!finding.row.empty()) text += " " + finding.row;
    return text + ", " + finding.part + ": expected " + finding.expected + ", found " +
           finding.found;
}

bool verify_schema(Database& database, Findings& findings) {
    const Names& expected = schema_of_a_new_log();
    const Names found = schema_of(database);
    const std::size_t before = findings.count();
    for (const auto& [name, sql] : expected) {
        const auto at = found.find(name);
        findings.expect_equal("database", name, "definition", sql,
                              at == found.end() ? std::string{"nothing"} : at->second);
    }
    for (const auto& [name, sql] : found)
        if (!expected.contains(name))
            findings.add({"database", name, "definition", "nothing", sql});
    findings.expect_equal("database", "", "application id", std::to_string(application_id),
                          database.answer("PRAGMA application_id"));
    findings.expect_equal("database", "", "format version", std::to_string(format_version),
                          database.answer("PRAGMA user_version"));
    return findings.count() == before;
}

void verify_integrity(Database& database, Findings& findings) {
    Statement check{database, "PRAGMA integrity_check"};
    for (Rows rows{check}; rows.next();)
        if (rows.text(0) != "ok")
            findings.add({"database", "", "integrity check", "ok", std::string{rows.text(0)}});
}

std::vector<StatedState> read_states(Database& database, Findings& findings) {
    std::vector<StatedState> states;
    read_log_row(database, states, findings);
    read_batches(database, states, findings);
    return states;
}

void verify_state(const StatedState& stated, const EventChain& chain, Findings& findings) {
    findings.expect_equal(stated.table, stated.row, "size", chain.size(),
                          stated.state.frontier.size());
    findings.expect_equal(stated.table, stated.row, "recorded", chain.recorded().micros,
                          stated.state.recorded.micros);
    if (stated.state.frontier != chain.frontier())
        findings.add({stated.table, stated.row, "frontier", to_hex(chain.frontier().bytes()),
                      to_hex(stated.state.frontier.bytes())});
}

void verify_streams(Database& database, const EventChain& chain, Findings& findings) {
    const auto streams = chain.streams();
    Statement select{database, "SELECT id, name, version, position, leaf FROM stream ORDER BY id"};
    std::size_t next = 0;
    for (Rows rows{select}; rows.next(); ++next) {
        const std::int64_t id = rows.integer(0);
        if (next == streams.size()) {
            findings.add(
                {"stream", std::to_string(id), "row", "nothing", std::string{rows.text(1)}});
            return;
        }
        const EventChain::Stream& expected = streams[next];
        findings.expect_equal("stream", id, "id", static_cast<std::int64_t>(next + 1), id);
        findings.expect_equal("stream", id, "name", std::string_view{expected.name}, rows.text(1));
        findings.expect_equal("stream", id, "version", expected.head.version, rows.natural(2));
        findings.expect_equal("stream", id, "position", expected.head.position, rows.natural(3));
        findings.expect_equal("stream", id, "leaf", expected.head.leaf, rows.digest(4));
    }
    findings.expect_equal("stream", "", "rows", streams.size(), next);
}

}  // namespace dutylog::sqlite
