#include <fmt/format.h>

#include "adapters/sqlite/store.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/full_events.hpp"
#include "tests/bench/stopwatch.hpp"
#include "tests/bench/workshop.hpp"

namespace dutylog::bench {

namespace {

constexpr std::uint64_t streams = 1000;
/// Engine and yardstick take turns so often in one run; a turn of the engine takes no longer than
/// this, however slow the disk is.
constexpr std::size_t turns = 8;
constexpr double turn_seconds = 0.2;

/// How many commands of how many events are appended, and how many commands share a commit.
struct Load {
    std::uint64_t commands = 0;  ///< at most, in all turns together
    std::size_t batch = 1;
    std::size_t events = 1;
};

std::vector<log::Append> batch_of(FullEvents& events, const Load& load) {
    if (load.events == 1) return events.next_batch(load.batch);
    return {events.next(load.events)};
}

/// @returns the seconds that the store needed; what is appended is made before its time is taken
double append_one_turn(log::EventStore& store, FullEvents& events, const Load& load) {
    constexpr std::size_t made_at_once = 32;
    double took = 0;
    for (std::uint64_t done = 0; done < load.commands / turns && took < turn_seconds;) {
        std::vector<std::vector<log::Append>> batches;
        for (; batches.size() < made_at_once && done < load.commands / turns; done += load.batch)
            batches.push_back(batch_of(events, load));
        took += seconds_of([&] {
            for (const auto& batch : batches) store.append(batch, {});
        });
    }
    return took;
}

void insert_in_batches(PlainTable& table, std::span<const Row> rows, std::size_t batch) {
    for (; !rows.empty(); rows = rows.subspan(std::min(batch, rows.size())))
        table.insert(rows.first(std::min(batch, rows.size())));
}

std::vector<Row> bare_rows(std::size_t count) {
    std::vector<Row> rows;
    while (rows.size() < count) rows.push_back({{}, bare_event(rows.size())});
    return rows;
}

/// Events a second of the store, of plain SQLite with the same bytes, and with the bare event.
Sample append_durable(Workshop& shop, Load load) {
    const std::string paths[]{shop.new_file(), shop.new_file(), shop.new_file()};
    load.commands = std::max<std::uint64_t>(load.commands, turns * load.batch);
    double ours = 0, plain = 0, bare = 0;
    std::size_t written = 0;
    {
        sqlite::SqliteStore store{paths[0]};
        PlainTable table{paths[1]}, bare_table{paths[2]};
        FullEvents events{streams};
        for (std::size_t turn = 0; turn < turns; ++turn) {
            const log::Position before = store.head().size;
            ours += append_one_turn(store, events, load);
            const std::vector<Row> rows = rows_from(store, before + 1);
            const std::size_t in_commit = load.batch * load.events;
            plain += seconds_of([&] { insert_in_batches(table, rows, in_commit); });
            const std::vector<Row> small = bare_rows(rows.size());
            bare += seconds_of([&] { insert_in_batches(bare_table, small, in_commit); });
            written += rows.size();
        }
    }
    for (const std::string& path : paths) remove_log(path);
    const auto count = static_cast<double>(written);
    return {count / ours, count / plain, count / bare};
}

Figure append_figure(std::size_t batch, std::uint64_t commands) {
    return {fmt::format("append_durable_1 c={}", batch),
            "events/s",
            fmt::format("one event to one of 1,000 streams in turn, {} waiting commands a commit",
                        batch),
            "plain SQLite, same bytes, same batches",
            "the bare event of 300 bytes",
            {{Aim::Kind::ratio_at_least, 0.6}},
            [=](Workshop& shop) {
                return append_durable(shop, {shop.amount(commands, 4 * batch), batch, 1});
            }};
}

/// Both sides with 1 ms more for every sync: 64 waiting commands a commit beside one.
Sample with_slow_syncs(Workshop& shop) {
    const std::vector<double> read = run_child("slow-syncs", shop.quick(), slow_sync_environment());
    return {read.at(0), read.at(1)};
}

}  // namespace

std::vector<double> slow_syncs_child(Workshop& shop) {
    const auto grouped = append_durable(shop, {shop.amount(20'000, 128), 64, 1});
    const auto single = append_durable(shop, {shop.amount(1'600, 8), 1, 1});
    return {grouped.ours, *single.yardstick};
}

std::vector<Figure> append_figures() {
    std::vector<Figure> figures{append_figure(1, 16'000), append_figure(16, 48'000),
                                append_figure(64, 64'000)};
    figures.push_back(
        {"append_durable_batch64",
         "events/s",
         "64 events to one stream, atomically, at an expected version",
         "plain SQLite, same bytes, same batches",
         "the bare event of 300 bytes",
         {{Aim::Kind::ratio_at_least, 0.6}},
         [](Workshop& shop) { return append_durable(shop, {shop.amount(1'024, 8), 1, 64}); }});
    figures.push_back({"append_slow_sync c=64",
                       "events/s",
                       "append_durable_1 c=64 with 1 ms added to every sync",
                       "plain SQLite with the same syncs, one commit per event",
                       "",
                       {{Aim::Kind::ratio_at_least, 20}},
                       with_slow_syncs});
    return figures;
}

}  // namespace dutylog::bench
