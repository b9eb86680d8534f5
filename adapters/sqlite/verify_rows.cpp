#include <algorithm>
#include <limits>
#include <set>

#include "adapters/sqlite/command_index.hpp"
#include "adapters/sqlite/command_table.hpp"
#include "adapters/sqlite/effects.hpp"
#include "adapters/sqlite/row_sum.hpp"
#include "adapters/sqlite/verify_tables.hpp"
#include "engine/log/wire.hpp"

namespace dutylog::sqlite {

using namespace log;

namespace {

/// Where a command's result is, under which hash it must be found, and which row says so.
struct Place {
    std::int64_t place = 0;
    std::uint64_t hash = 0;
    std::int64_t row = 0;
};

/// Adds the results of commands without events, whose numbers have no gaps.
void read_commands(Database& database, std::vector<Place>& places, Findings& findings) {
    Statement select{database, "SELECT number, result FROM command ORDER BY number"};
    std::int64_t expected = 0;
    for (Rows rows{select}; rows.next();) {
        const std::int64_t number = rows.integer(0);
        findings.expect_equal("command", number, "number", ++expected, number);
        try {
            const ResultView result = view_result(rows.bytes(1), -number);
            places.push_back({-number, CommandIndex::hash_of(result.command), number});
        } catch (const DecodeError& error) {
            findings.add(
                {"command", std::to_string(number), "result", "a command result", error.what()});
        }
    }
}

std::vector<Place> read_hashes(Database& database, Findings& findings) {
    std::vector<Place> places;
    Statement select{database, "SELECT batch, places, sum FROM command_hash ORDER BY batch"};
    for (Rows rows{select}; rows.next();) {
        const std::int64_t row = rows.integer(0);
        findings.expect_equal("command_hash", row, "sum", RowSum::of(row, rows.bytes(1)),
                              rows.integer(2));
        for (WireReader in{rows.bytes(1)}; in.remaining() >= 16;) {
            const std::uint64_t hash = in.number();
            places.push_back({in.signed_number(), hash, row});
        }
    }
    return places;
}

/// Runs through a table whose last column is a checksum.
/// @param sum_of  the checksum a row should have
/// @param key_of  how a row is named
template <class SumOf, class KeyOf>
void verify_sums(Database& database, const char* table, const char* select_sql, int sum_column,
                 SumOf sum_of, KeyOf key_of, Findings& findings) {
    Statement select{database, select_sql};
    for (Rows rows{select}; rows.next();) {
        const std::int64_t expected = sum_of(rows);
        if (expected == rows.integer(sum_column)) continue;
        findings.add({table, key_of(rows), "sum", std::to_string(expected),
                      std::to_string(rows.integer(sum_column))});
    }
}

std::string first_text(const Rows& rows) { return std::string{rows.text(0)}; }

void verify_blobs(Database& database, Findings& findings) {
    Statement select{database, "SELECT digest, bytes FROM blob"};
    for (Rows rows{select}; rows.next();)
        findings.expect_equal("blob", to_hex(rows.bytes(0)), "digest",
                              to_hex(sha256(rows.bytes(1))), to_hex(rows.bytes(0)));
}

void verify_snapshots(Database& database, Position size, Findings& findings) {
    verify_sums(
        database, "snapshot", "SELECT name, fold_version, position, bytes, sum FROM snapshot", 4,
        [](const Rows& r) { return RowSum::of(r.text(0), r.integer(1), r.integer(2), r.bytes(3)); },
        first_text, findings);
    Statement select{database, "SELECT name, position FROM snapshot WHERE position > ?"};
    for (Rows rows{select, size}; rows.next();)
        findings.add({"snapshot", first_text(rows), "position", "at most " + std::to_string(size),
                      std::to_string(rows.integer(1))});
}

/// Compares two lists in the order of their keys and names each difference.
template <class T, class KeyOf>
void compare(const char* table, std::vector<T> expected, std::vector<T> found, KeyOf key_of,
             Findings& findings) {
    std::ranges::sort(expected, {}, key_of);
    std::ranges::sort(found, {}, key_of);
    auto e = expected.begin();
    auto f = found.begin();
    while (e != expected.end() || f != found.end()) {
        if (f == found.end() || (e != expected.end() && key_of(*e) < key_of(*f)))
            findings.add({table, key_of(*e++), "row", "one that the events give", "nothing"});
        else if (e == expected.end() || key_of(*f) < key_of(*e))
            findings.add(
                {table, key_of(*f++), "row", "nothing", "one that the events do not give"});
        else if (!(*e++ == *f++))
            findings.add(
                {table, key_of(*(e - 1)), "row", "what the events give", "something else"});
    }
}

}  // namespace

std::size_t verify_commands(Database& database, const EventChain& chain, Position settled,
                            Findings& findings) {
    std::vector<Place> expected;
    for (const EventChain::Command& command : chain.commands())
        expected.push_back({command.place, command.hash, 0});
    read_commands(database, expected, findings);
    std::vector<Place> found = read_hashes(database, findings);
    std::ranges::sort(expected, {}, &Place::place);
    std::ranges::sort(found, {}, &Place::place);

    auto f = found.begin();
    const auto unknown = [&] {
        if (f->place < 0)
            findings.add({"command", std::to_string(-f->place), "row", "a result", "nothing"});
        else
            findings.add({"command_hash", std::to_string(f->row), "places",
                          "the position of a result", std::to_string(f->place)});
        ++f;
    };
    // Commands without events are known from their numbers; those after the index are read later.
    const std::int64_t lowest = found.empty() ? 0 : found.front().place;
    for (const Place& place : expected) {
        while (f != found.end() && f->place < place.place) unknown();
        if (f != found.end() && f->place == place.place) {
            findings.expect_equal("command_hash", f->row, "places", place.hash, f->hash);
            ++f;
        } else if (place.place > 0 ? static_cast<Position>(place.place) <= settled
                                   : place.place > lowest) {
            findings.add({"command_hash", "", "places", std::to_string(place.place), "nothing"});
        }
    }
    while (f != found.end()) unknown();
    return expected.size();
}

void verify_rows(Database& database, Position size, Findings& findings) {
    verify_sums(
        database, "timer", "SELECT key, due, generation, sum FROM timer", 3,
        [](const Rows& r) { return RowSum::of(r.text(0), r.integer(1), r.integer(2)); }, first_text,
        findings);
    verify_sums(
        database, "outbox", "SELECT id, kind, due, body, sum FROM outbox", 4,
        [](const Rows& r) { return RowSum::of(r.text(0), r.text(1), r.integer(2), r.bytes(3)); },
        first_text, findings);
    verify_sums(
        database, "projection", "SELECT tbl, key, value, sum FROM projection", 3,
        [](const Rows& r) { return RowSum::of(r.text(0), r.text(1), r.bytes(2)); },
        [](const Rows& r) { return first_text(r) + " " + std::string{r.text(1)}; }, findings);
    verify_blobs(database, findings);
    verify_snapshots(database, size, findings);
}

namespace {

/// Names of the projections in `projection` and in the effects that are not settled.
class ProjectionNames final : public EffectsSink {
public:
    explicit ProjectionNames(Database& database) {
        Statement settled{database, "SELECT DISTINCT tbl FROM projection"};
        for (Rows rows{settled}; rows.next();) names.emplace(rows.text(0));
        Statement unsettled{database, "SELECT effects FROM batch"};
        for (Rows rows{unsettled}; rows.next();) decode_effects(rows.bytes(0), *this);
    }
    std::set<std::string> names;

private:
    void drop_timer(std::string_view) override {}
    void set_timer(const TimerView&) override {}
    void drop_outbox(std::string_view) override {}
    void add_outbox(const OutboxView&) override {}
    void drop_row(std::string_view, std::string_view) override {}
    void set_row(const RowView& row) override { names.emplace(row.table); }
};

void verify_projections(Database& database, EventStore& store,
                        const std::vector<ProjectionRow>& expected, Findings& findings) {
    std::set<std::string> names = ProjectionNames{database}.names;
    for (const ProjectionRow& row : expected) names.insert(row.table);
    std::vector<ProjectionRow> found;
    for (const std::string& name : names)
        for (ProjectionRow& row : store.rows(name)) found.push_back(std::move(row));
    compare(
        "projection", expected, std::move(found),
        [](const ProjectionRow& row) { return row.table + " " + row.key; }, findings);
}

void verify_results(EventStore& store, const std::vector<CommandResult>& expected,
                    std::size_t stored, Findings& findings) {
    for (const CommandResult& result : expected) {
        const auto found = store.result_of(result.command);
        if (!found || !(*found == result))
            findings.add({"command", result.command.str(), "result", "what the events give",
                          found ? "something else" : "nothing"});
    }
    findings.expect_equal("command", std::string{}, "results", expected.size(), stored);
}

}  // namespace

void verify_derived(Database& database, EventStore& store, const Derived& derived,
                    std::size_t results, Findings& findings) {
    constexpr auto all = std::numeric_limits<std::size_t>::max();
    constexpr Instant end_of_time{std::numeric_limits<std::int64_t>::max()};
    if (derived.timers)
        compare(
            "timer", *derived.timers, store.timers_due(end_of_time, all),
            [](const Timer& timer) { return timer.key; }, findings);
    if (derived.outbox)
        compare(
            "outbox", *derived.outbox, store.outbox(all),
            [](const OutboxEntry& entry) { return entry.id; }, findings);
    if (derived.rows) verify_projections(database, store, *derived.rows, findings);
    if (derived.results) verify_results(store, *derived.results, results, findings);
}

}  // namespace dutylog::sqlite
