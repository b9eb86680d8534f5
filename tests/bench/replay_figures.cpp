#include <malloc.h>

#include <fstream>

#include "adapters/sqlite/reader.hpp"
#include "adapters/sqlite/store.hpp"
#include "adapters/sqlite/verify.hpp"
#include "engine/log/derived_keys.hpp"
#include "engine/log/envelope_codec.hpp"
#include "engine/pdca/stored.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/employer.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/sample_logs.hpp"
#include "tests/bench/stopwatch.hpp"

namespace dutylog::bench {

namespace {

using log::StoredEvent;

pdca::World new_world() {
    pdca::World world;
    world.source = [](const Digest&) { return bench_rules(); };
    return world;
}

void decode(const StoredEvent& stored) {
    const auto& envelope = stored.envelope;
    const auto event = pdca::EventCodec::decode(envelope.type, envelope.schema, stored.payload);
    if (event.valueless_by_exception()) throw std::runtime_error{"an event was lost"};
}

Sample replay_all(Workshop& shop) {
    const SampleLog& sample = many_short_duties(shop);
    sqlite::SqliteReader reader{sample.path};
    pdca::World world = new_world();
    const double ours = seconds_of([&] {
        reader.scan(1, [&](const StoredEvent& stored) {
            pdca::replay(world, stored);
            return true;
        });
    });
    const double plain = seconds_of([&] {
        reader.scan(1, [](const StoredEvent& stored) {
            decode(stored);
            return true;
        });
    });
    const auto events = static_cast<double>(sample.events);
    return {events / ours, events / plain};
}

/// Folds one random duty after another into a world of its own, and reads the same ones without.
/// Whoever reads a stream first finds its pages in no cache of SQLite, so they take turns.
Sample replay_streams(const SampleLog& sample, std::uint64_t count) {
    sqlite::SqliteReader reader{sample.path};
    double ours = 0, plain = 0;
    std::uint64_t random = 12'345;
    for (std::uint64_t i = 0; i < count; ++i) {
        random = random * 6'364'136'223'846'793'005 + 1'442'695'040'888'963'407;
        const StreamId& duty = sample.duties[(random >> 33) % sample.duties.size()];
        pdca::World world = new_world();
        const auto fold = [&] {
            ours += seconds_of([&] {
                reader.scan_stream(duty, 1, [&](const StoredEvent& stored) {
                    pdca::replay(world, stored);
                    return true;
                });
            });
        };
        if (i % 2 == 0) fold();
        plain += seconds_of([&] {
            reader.scan_stream(duty, 1, [](const StoredEvent& stored) {
                decode(stored);
                return true;
            });
        });
        if (i % 2 == 1) fold();
        if (world.duties.size() != 1) throw std::runtime_error{"no duty in " + duty.str()};
    }
    return {static_cast<double>(count) / ours, static_cast<double>(count) / plain};
}

double resident_mb() {
    std::ifstream file{"/proc/self/statm"};
    double pages = 0, resident = 0;
    file >> pages >> resident;
    return resident * 4096 / 1e6;
}

Sample open_log(Workshop& shop, std::size_t number) {
    const SampleLog& sample = many_short_duties(shop);
    return {run_child("open", shop.quick(), {}, sample.path).at(number)};
}

Sample verify_log(Workshop& shop) {
    const SampleLog& sample = many_short_duties(shop);
    const double ours = seconds_of([&] {
        if (!sqlite::verify(sample.path).empty()) throw std::runtime_error{"verify found a fault"};
    });
    // In memory, so that nothing but the hashing is measured.
    std::vector<Bytes> rows;
    sqlite::SqliteReader reader{sample.path};
    reader.scan(1, [&](const StoredEvent& stored) {
        rows.push_back(log::encode_envelope(stored.envelope));
        rows.back().insert(rows.back().end(), stored.payload.begin(), stored.payload.end());
        return true;
    });
    Sha256 hash;
    std::uint8_t all = 0;
    const double plain = seconds_of([&] {
        for (const Bytes& row : rows) all ^= hash.add(row).finish().bytes[0];
    });
    const auto events = static_cast<double>(sample.events);
    return {events / ours, events / plain + (all == 1 ? 0.001 : 0)};
}

}  // namespace

std::vector<double> open_child(const std::string& path) {
    const Stopwatch watch;
    sqlite::SqliteStore store{path};
    log::DerivedKeys keys{"bench"};
    const runtime::Engine engine{store, keys};
    const double took = watch.seconds();
    malloc_trim(0);
    return {took, resident_mb(), static_cast<double>(engine.world().head)};
}

std::vector<Figure> replay_figures() {
    const std::string same_rows = "scan and decode of the same rows, without the machine";
    return {
        {"replay_all_1m",
         "events/s",
         "1 million events in log order, decoded and folded into the machine's state",
         same_rows,
         "",
         {{Aim::Kind::ratio_at_least, 0.6}, {Aim::Kind::at_least, 700'000}},
         replay_all},
        {"replay_stream_10",
         "streams/s",
         "one random duty of a short life, in order, decoded and folded",
         same_rows,
         "",
         {{Aim::Kind::ratio_at_least, 0.6}},
         [](Workshop& shop) {
             return replay_streams(many_short_duties(shop), shop.amount(20'000, 10));
         }},
        {"replay_stream_1000",
         "streams/s",
         "one random duty of a long life, in order, decoded and folded",
         same_rows,
         "",
         {{Aim::Kind::ratio_at_least, 0.6}},
         [](Workshop& shop) { return replay_streams(few_long_duties(shop), shop.amount(300, 3)); }},
        {"open_1m_seconds",
         "s",
         "a new process opens a log of 1 million events with a snapshot, ready for commands",
         "",
         "",
         {{Aim::Kind::at_most, 1}},
         [](Workshop& shop) { return open_log(shop, 0); }},
        {"open_1m_resident",
         "MB",
         "resident memory of that process afterwards",
         "",
         "",
         {{Aim::Kind::at_most, 150}},
         [](Workshop& shop) { return open_log(shop, 1); }},
        {"verify_1m",
         "events/s",
         "verify of 1 million events: every hash, chain, tree, table and sum",
         "SHA-256 over the same bytes in memory, one thread",
         "",
         {{Aim::Kind::ratio_at_least, 0.25}},
         verify_log},
    };
}

}  // namespace dutylog::bench
