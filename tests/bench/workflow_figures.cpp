#include <fmt/format.h>

#include "adapters/sqlite/store.hpp"
#include "engine/log/derived_keys.hpp"
#include "engine/runtime/command_loop.hpp"
#include "tests/bench/employer.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/full_events.hpp"
#include "tests/bench/stopwatch.hpp"
#include "tests/bench/workshop.hpp"

namespace dutylog::bench {

namespace {

/// Clocks that stand still: recorded time then moves with the commands alone.
class StillClock final : public runtime::Runtime {
public:
    Instant wall() override { return monday; }
    Elapsed monotonic() override { return {}; }
    std::uint64_t random(std::string_view) override { return 1; }
};

/// A folder's log with an employer, and the loop in front of it.
struct Plant {
    Plant(const std::string& path, std::uint64_t assets)
        : store{path}, engine{store, keys, {{bench_publication().bundle, bench_rules()}}} {
        found(engine, employer, assets, monday);
        store.settle();
    }

    sqlite::SqliteStore store;
    log::DerivedKeys keys{"bench"};
    runtime::Engine engine;
    Employer employer;
    StillClock clock;
    runtime::CommandLoop loop{clock, engine};
};

/// What one turn of the engine left: how many events each of its commits held, and how long each
/// of its commands waited for an answer.
struct Turn {
    double seconds = 0;
    std::vector<std::size_t> events_of_commits;
    std::vector<double> latencies;
};

/// `clients` clients, each with one command on its way: open, plan, do, check, act, and then the
/// next order. All of them wait for the same commit.
class Clients {
public:
    Clients(Plant& plant, std::uint64_t count) : plant_{plant}, count_{count} {}

    /// Every client carries one order through.
    void carry_through(Turn& turn) {
        for (unsigned phase = 0; phase <= Employer::phases; ++phase) commit_one_each(phase, turn);
        first_ += count_;
    }
    std::uint64_t workflows() const { return first_ - 1; }

private:
    void commit_one_each(unsigned phase, Turn& turn) {
        std::vector<runtime::Submission> commands;
        for (std::uint64_t asset = first_; asset < first_ + count_; ++asset)
            commands.push_back(phase == 0 ? plant_.employer.order(asset, asset, monday)
                                          : plant_.employer.step(asset, phase - 1, monday));
        const std::uint64_t before = plant_.engine.world().head;
        const Stopwatch watch;
        std::size_t answered = 0;
        for (auto& command : commands)
            plant_.loop.submit(std::move(command), [&](const runtime::Answer& answer) {
                require_accepted(answer);
                turn.latencies.push_back(watch.seconds());
                ++answered;
            });
        while (answered < count_) plant_.loop.turn();
        turn.seconds += watch.seconds();
        turn.events_of_commits.push_back(plant_.engine.world().head - before);
    }

    Plant& plant_;
    std::uint64_t count_;
    std::uint64_t first_ = 1;
};

/// The same rows in the same commits. @returns the seconds of each commit
std::vector<double> insert_in_commits(PlainTable& table, std::span<const Row> rows,
                                      const std::vector<std::size_t>& commits) {
    std::vector<double> times;
    for (const std::size_t size : commits) {
        times.push_back(seconds_of([&] { table.insert(rows.first(size)); }));
        rows = rows.subspan(size);
    }
    return times;
}

/// Five bare events for each order.
double insert_bare(PlainTable& table, const Turn& turn, std::uint64_t clients) {
    std::vector<Row> rows;
    while (rows.size() < clients) rows.push_back({{}, bare_event(rows.size())});
    return seconds_of([&] {
        for (std::size_t i = 0; i < turn.events_of_commits.size(); ++i) table.insert(rows);
    });
}

double sum(const std::vector<double>& values) {
    double all = 0;
    for (const double value : values) all += value;
    return all;
}

constexpr double engine_seconds = 1.2;  ///< of one run, however slow the disk is
constexpr std::size_t turns = 6;

struct Lived {
    std::uint64_t workflows = 0;
    double ours = 0, plain = 0, bare = 0;
    std::vector<double> latencies, commits;
};

Lived live(Workshop& shop, std::uint64_t clients, std::uint64_t workflows_max) {
    const std::string paths[]{shop.new_file(), shop.new_file(), shop.new_file()};
    Lived lived;
    {
        Plant plant{paths[0], workflows_max + clients};
        PlainTable table{paths[1]}, bare_table{paths[2]};
        Clients all{plant, clients};
        while (all.workflows() < workflows_max && lived.ours < engine_seconds) {
            const log::Position before = plant.engine.world().head;
            Turn turn;
            while (turn.seconds < engine_seconds / turns && all.workflows() < workflows_max)
                all.carry_through(turn);
            const std::vector<Row> rows = rows_from(plant.store, before + 1);
            const auto commits = insert_in_commits(table, rows, turn.events_of_commits);
            lived.bare += insert_bare(bare_table, turn, clients);
            lived.ours += turn.seconds;
            lived.plain += sum(commits);
            std::ranges::copy(turn.latencies, std::back_inserter(lived.latencies));
            std::ranges::copy(commits, std::back_inserter(lived.commits));
        }
        lived.workflows = all.workflows();
    }
    for (const std::string& path : paths) remove_log(path);
    return lived;
}

Figure workflow_figure(std::uint64_t clients, std::uint64_t workflows) {
    return {fmt::format("workflow_4step_durable c={}", clients),
            "workflows/s",
            "open, plan, do, check, act: each command decided on folded state and durable before"
            " the next",
            "plain SQLite, the same events, same commits",
            "five bare events of 300 bytes",
            {{Aim::Kind::ratio_at_least, 0.5}},
            [=](Workshop& shop) -> Sample {
                const Lived lived = live(shop, clients, shop.amount(workflows, 4 * clients));
                const auto count = static_cast<double>(lived.workflows);
                return {count / lived.ours, count / lived.plain, count / lived.bare};
            }};
}

}  // namespace

std::vector<Figure> workflow_figures() {
    return {workflow_figure(1, 3'000),
            workflow_figure(64, 16'000),
            {"command_latency_p99 c=64",
             "ms",
             "99th percentile from a command to its answer, 64 commands on their way",
             "99th percentile of one commit of the same events in plain SQLite",
             "",
             {{Aim::Kind::ratio_at_most, 3}},
             [](Workshop& shop) -> Sample {
                 const Lived lived = live(shop, 64, shop.amount(16'000, 256));
                 return {quantile(lived.latencies, 0.99) * 1e3,
                         quantile(lived.commits, 0.99) * 1e3};
             }}};
}

}  // namespace dutylog::bench
