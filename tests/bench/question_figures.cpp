#include "adapters/sqlite/reader.hpp"
#include "engine/definition/load_bundle.hpp"
#include "engine/history/duty_world.hpp"
#include "engine/history/questions.hpp"
#include "tests/bench/employer.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/sample_logs.hpp"
#include "tests/bench/stopwatch.hpp"

namespace dutylog::bench {

namespace {

/// In turn: as recorded, as true, and under rules that are named.
history::Clocks clocks_of(std::uint64_t question, Instant at) {
    history::Clocks clocks{at};
    if (question % 3 == 1) clocks.true_at = at - hours(1);
    if (question % 3 == 2) clocks.rules = bench_publication().bundle;
    return clocks;
}

Sample ask(Workshop& shop) {
    const SampleLog& sample = many_short_duties(shop);
    sqlite::SqliteReader reader{sample.path};
    const auto source = [](const Digest&) { return bench_rules(); };
    const std::int64_t life = sample.last.micros - sample.first.micros;
    std::vector<double> times;
    std::uint64_t random = 99;
    for (std::uint64_t i = 0; i < shop.amount(3'000, 30); ++i) {
        random = random * 6'364'136'223'846'793'005 + 1'442'695'040'888'963'407;
        const StreamId& duty = sample.duties[(random >> 33) % sample.duties.size()];
        const Instant at{sample.first.micros + static_cast<std::int64_t>(random >> 1) % life};
        const history::Clocks clocks = clocks_of(i, at);
        times.push_back(seconds_of([&] {
            const pdca::World world = history::duty_world(reader, source, duty, clocks);
            if (history::duty_state(world, duty, at).empty()) throw std::runtime_error{"no answer"};
        }));
    }
    return {quantile(times, 0.99) * 1e3};
}

}  // namespace

std::vector<Figure> question_figures() {
    return {{"three_clock_state_p99",
             "ms",
             "state of one duty of 1 million events: by turns as recorded, as true, under named"
             " rules",
             "",
             "",
             {{Aim::Kind::at_most, 5}},
             ask}};
}

}  // namespace dutylog::bench
