#include <fmt/format.h>

#include <limits>

#include "adapters/sqlite/store.hpp"
#include "engine/log/derived_keys.hpp"
#include "tests/bench/employer.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/full_events.hpp"
#include "tests/bench/plain_timers.hpp"
#include "tests/bench/stopwatch.hpp"
#include "tests/bench/workshop.hpp"

namespace dutylog::bench {

namespace {

constexpr std::size_t bulk = 1'000;  ///< timers of one commit

std::vector<log::Timer> timers(std::uint64_t first, std::uint64_t count) {
    std::vector<log::Timer> made;
    for (std::uint64_t i = first; i < first + count; ++i)
        made.push_back({fmt::format("duty/promise-kept/asset/a{}", i * 7'919 % 1'000'003),
                        monday + hours(24) + seconds(static_cast<std::int64_t>(i % 1000)), 3});
    return made;
}

Sample schedule(Workshop& shop) {
    const std::string paths[]{shop.new_file(), shop.new_file()};
    const std::uint64_t count = shop.amount(100'000, 100);
    double ours = 0, plain = 0;
    {
        sqlite::SqliteStore store{paths[0]};
        PlainTimers table{paths[1]};
        for (std::uint64_t done = 0; done < count; done += bulk) {
            log::Append append;
            append.set_timers = timers(done, std::min<std::uint64_t>(bulk, count - done));
            ours += seconds_of([&] { store.append({&append, 1}, {}); });
            plain += seconds_of([&] { table.schedule(append.set_timers); });
        }
        // What was put off belongs to the work.
        ours += seconds_of([&] { store.settle(); });
    }
    for (const std::string& path : paths) remove_log(path);
    return {static_cast<double>(count) / ours, static_cast<double>(count) / plain};
}

/// Every promise falls due at the same moment; each firing leaves its event.
Sample fire(Workshop& shop) {
    const std::string paths[]{shop.new_file(), shop.new_file()};
    const std::uint64_t count = shop.amount(100'000, 100);
    double ours = 0, plain = 0;
    {
        sqlite::SqliteStore store{paths[0]};
        log::DerivedKeys keys{"bench"};
        runtime::Engine engine{store, keys, {{bench_publication().bundle, bench_rules()}}};
        Employer employer;
        found(engine, employer, count, monday);
        std::vector<runtime::Submission> promises;
        for (std::uint64_t asset = 1; asset <= count; ++asset)
            promises.push_back(employer.promise(asset, asset, monday));
        run_all(engine, promises, monday);
        store.settle();

        PlainTimers table{paths[1]};
        const Instant due = engine.next_timer().value();
        constexpr Instant never{std::numeric_limits<std::int64_t>::max()};
        const std::vector<log::Timer> open = store.timers_due(never, count);
        table.schedule(open);
        const log::Position before = store.head().size;
        std::size_t fired = 0;
        ours = seconds_of([&] {
            for (std::size_t now = 1; now != 0; fired += now) now = engine.fire(due, bulk);
            store.settle();
        });
        if (fired < count) throw std::runtime_error{"not every timer fired"};
        const std::vector<Row> rows = rows_from(store, before + 1);
        plain = seconds_of([&] { table.fire_all(open, rows, bulk); });
    }
    for (const std::string& path : paths) remove_log(path);
    return {static_cast<double>(count) / ours, static_cast<double>(count) / plain, ours};
}

/// One look at a million open timers of which none is due.
Sample check(Workshop& shop) {
    const std::string path = shop.new_file();
    const std::uint64_t count = shop.amount(1'000'000);
    std::vector<double> times;
    {
        sqlite::SqliteStore store{path};
        for (std::uint64_t done = 0; done < count; done += bulk) {
            log::Append append;
            append.set_timers = timers(done, std::min<std::uint64_t>(bulk, count - done));
            store.append({&append, 1}, {});
        }
        for (int i = 0; i < 1000; ++i)
            times.push_back(seconds_of([&] {
                if (!store.timers_due(monday, bulk).empty())
                    throw std::runtime_error{"a timer is due too early"};
            }));
    }
    remove_log(path);
    return {quantile(times, 0.99) * 1e3};
}

}  // namespace

std::vector<Figure> timer_figures() {
    return {{"timers_schedule",
             "timers/s",
             "durable timers, 1,000 a commit, until they stand in their table",
             "plain SQLite, a table and an index by due time, same commits",
             "",
             {{Aim::Kind::ratio_at_least, 0.5}},
             schedule},
            {"timers_fire_100k",
             "timers/s",
             "100,000 timers due at one instant, until the last firing is durable with its event",
             "plain SQLite: delete the timer, insert the same events, same commits",
             "seconds in all",
             {{Aim::Kind::ratio_at_least, 0.5}},
             fire},
            {"timers_check_1m",
             "ms",
             "99th percentile of one look at 1 million open timers when nothing is due",
             "",
             "",
             {{Aim::Kind::at_most, 1}},
             check}};
}

}  // namespace dutylog::bench
