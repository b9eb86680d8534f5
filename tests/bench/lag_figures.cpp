#include <atomic>
#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "adapters/server/writer.hpp"
#include "adapters/sqlite/reader.hpp"
#include "engine/pdca/stored.hpp"
#include "tests/bench/child.hpp"
#include "tests/bench/figure.hpp"
#include "tests/bench/served.hpp"
#include "tests/bench/service_figures.hpp"
#include "tests/bench/standing_timers.hpp"
#include "tests/bench/stopwatch.hpp"
#include "tests/bench/workshop.hpp"

namespace dutylog::bench {

namespace {

constexpr std::uint64_t falling_due = 1'000;
constexpr Elapsed apart = Elapsed{20'000};  ///< fifty a second

/// When each part of the log was durable, as the writer says after its commits.
class Commits {
public:
    void note(log::Position head, Instant at) {
        const std::scoped_lock lock{mutex_};
        if (at_.empty() || at_.rbegin()->first < head) at_[head] = at;
    }
    Instant of(log::Position position) {
        const std::scoped_lock lock{mutex_};
        const auto found = at_.lower_bound(position);
        if (found == at_.end()) throw std::runtime_error{"a commit was not told of"};
        return found->second;
    }

private:
    std::mutex mutex_;
    std::map<log::Position, Instant> at_;  ///< by the head after it
};

/// How late each deadline behind `from` was on the record, in milliseconds.
std::vector<double> lags(const std::string& path, log::Position from, Commits& commits) {
    std::vector<double> found;
    sqlite::SqliteReader reader{path};
    reader.scan(from, [&](const log::StoredEvent& stored) {
        if (stored.envelope.type != pdca::DeadlineMissed::type) return true;
        const auto event = std::get<pdca::DeadlineMissed>(
            pdca::EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload));
        const Elapsed late = commits.of(stored.envelope.position) - event.due;
        found.push_back(static_cast<double>(late.micros) / 1e3);
        return true;
    });
    return found;
}

/// Made once, since it takes minutes; each run has a copy to write to.
std::string standing_log(Workshop& shop) {
    const std::string made = shop.sample_file("standing");
    if (!std::filesystem::exists(made))
        write_standing_timers(made, shop.amount(1'000'000), falling_due);
    const std::string copy = shop.new_file();
    for (const char* end : {"", "-wal"})
        if (std::filesystem::exists(made + end)) std::filesystem::copy_file(made + end, copy + end);
    return copy;
}

Sample lag(Workshop& shop) {
    const std::string path = standing_log(shop);
    const auto numbers = run_child("deadline-lag", shop.quick(), {}, path);
    remove_log(path);
    return {numbers.at(0)};
}

}  // namespace

std::vector<double> deadline_lag_child(const std::string& path, bool quick) {
    const std::uint64_t count = quick ? 20 : falling_due;
    ClockOfThatDay clock{monday + hours(2)};
    Commits commits;
    std::atomic<server::Writer*> told{nullptr};
    server::Writer writer{path, clock, [&] {
                              if (const server::Writer* one = told)
                                  commits.note(one->figures().head, clock.wall());
                          }};
    told = &writer;
    const log::Position before = writer.figures().head;
    Employer employer{"due"};
    const Instant first = clock.wall() + seconds(2);
    for (std::uint64_t asset = 1; asset <= count; ++asset) {
        const Instant due = first + Elapsed{static_cast<std::int64_t>(asset) * apart.micros};
        if (!writer.submit(due_at(employer, asset, due), require_accepted))
            throw std::runtime_error{"the writer takes no more"};
    }
    const Elapsed all{static_cast<std::int64_t>(count) * apart.micros};
    while (clock.wall() < first + all + seconds(1))
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    if (!writer.fault().empty()) throw std::runtime_error{writer.fault()};
    const std::vector<double> found = lags(path, before + 1, commits);
    if (found.size() != count) throw std::runtime_error{"not every deadline was missed"};
    return {quantile(found, 0.99)};
}

std::vector<Figure> lag_figures() {
    return {{"deadline_lag_1m",
             "ms",
             "99th percentile from a deadline to its missing being durable, fifty a second beside "
             "1 million open timers",
             "",
             "",
             {{Aim::Kind::at_most, 250}},
             lag}};
}

}  // namespace dutylog::bench
