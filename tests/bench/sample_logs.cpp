#include "tests/bench/sample_logs.hpp"

#include <filesystem>

#include "adapters/sqlite/reader.hpp"
#include "adapters/sqlite/store.hpp"
#include "engine/log/derived_keys.hpp"
#include "tests/bench/employer.hpp"

namespace dutylog::bench {

namespace {

constexpr std::uint64_t million = 1'000'000;
/// Orders that are carried through side by side.
constexpr std::uint64_t abreast = 1'000;

/// Fast, because nobody waits for what is thrown away at the end.
sqlite::Options unsynced() {
    sqlite::Options options;
    options.synchronous = sqlite::Synchronous::off;
    return options;
}

/// Carries orders through on the assets `first` … `first + abreast - 1`, each phase an hour later.
void carry_through(runtime::Engine& engine, Employer& employer, std::uint64_t first,
                   std::uint64_t count, Instant& now) {
    for (unsigned phase = 0; phase <= Employer::phases; ++phase) {
        std::vector<runtime::Submission> commands;
        for (std::uint64_t asset = first; asset < first + count; ++asset)
            commands.push_back(phase == 0 ? employer.order(asset, asset, now)
                                          : employer.step(asset, phase - 1, now));
        run_all(engine, commands, now);
        now = now + minutes(1);
    }
}

template <class Live>
void make_log(const std::string& path, Live live) {
    sqlite::SqliteStore store{path, unsynced()};
    log::DerivedKeys keys{"bench"};
    runtime::Engine engine{store, keys, {{bench_publication().bundle, bench_rules()}}};
    Employer employer;
    live(engine, employer);
    engine.save_snapshot();
    store.settle();
}

void make_short(const std::string& path, std::uint64_t events) {
    make_log(path, [&](runtime::Engine& engine, Employer& employer) {
        Instant now = monday;
        found(engine, employer, 0, now);
        const std::uint64_t count = std::min(abreast, std::max<std::uint64_t>(1, events / 50));
        for (std::uint64_t first = 1; engine.world().head < events; first += count) {
            std::vector<runtime::Submission> assets;
            for (std::uint64_t asset = first; asset < first + count; ++asset)
                assets.push_back(employer.asset(asset, now));
            run_all(engine, assets, now);
            carry_through(engine, employer, first, count, now);
        }
    });
}

void make_long(const std::string& path, std::uint64_t events) {
    make_log(path, [&](runtime::Engine& engine, Employer& employer) {
        Instant now = monday;
        const std::uint64_t count = std::min(abreast, std::max<std::uint64_t>(1, events / 200));
        found(engine, employer, count, now);
        while (engine.world().head < events) carry_through(engine, employer, 1, count, now);
    });
}

SampleLog described(const std::string& path) {
    sqlite::SqliteReader reader{path};
    return {path, reader.head().size, reader.streams("duty/order-round/"), monday,
            reader.last_recorded()};
}

/// Made when it is first asked for, and kept as long as the workshop.
template <class Make>
const SampleLog& once(Workshop& shop, const std::string& name, Make make) {
    static std::map<std::string, SampleLog> logs;
    const std::string path = shop.sample_file(name);
    if (const auto found = logs.find(path); found != logs.end()) return found->second;
    if (!std::filesystem::exists(path)) make(path, shop.amount(million));
    return logs[path] = described(path);
}

}  // namespace

void write_promises(const std::string& path, std::uint64_t count) {
    make_log(path, [&](runtime::Engine& engine, Employer& employer) {
        found(engine, employer, count, monday);
        std::vector<runtime::Submission> promises;
        for (std::uint64_t asset = 1; asset <= count; ++asset)
            promises.push_back(employer.promise(asset, asset, monday));
        run_all(engine, promises, monday);
    });
}

SampleLog waiting_duties(Workshop& shop) {
    const std::string path = shop.sample_file("waiting");
    if (!std::filesystem::exists(path)) write_promises(path, shop.amount(100'000, 100));
    return {path, 0, {}, monday, monday};
}

const SampleLog& many_short_duties(Workshop& shop) { return once(shop, "short", make_short); }
const SampleLog& few_long_duties(Workshop& shop) { return once(shop, "long", make_long); }

}  // namespace dutylog::bench
