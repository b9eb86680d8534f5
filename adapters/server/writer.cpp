#include "adapters/server/writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "engine/log/disk_full.hpp"
#include "engine/pdca/sealing.hpp"

namespace dutylog::server {

namespace {

/// The clock is looked at this often, whatever happens, so that jumps are seen.
constexpr Elapsed look_at_least = seconds(1);

Writer::Keys count_keys(const pdca::World& world, const log::KeyRing& keys) {
    Writer::Keys count;
    for (const std::string& key : world.sealed_with) {
        const registry::Subject* subject = world.subject(pdca::subject_of_key(key));
        if (subject != nullptr && subject->erased) continue;
        ++count.sealed;
        if (!keys.find(key)) ++count.missing;
    }
    return count;
}

}  // namespace

Writer::Writer(const std::string& path, runtime::Runtime& runtime, std::function<void()> committed,
               runtime::LoopLimits limits, Manner manner)
    : runtime_{runtime},
      limits_{limits},
      committed_{std::move(committed)},
      thread_kind_{manner.thread},
      store_{path},
      keys_{keys::KeyFile::beside(path)},
      engine_{store_, keys_},
      loop_{runtime, engine_, limits} {
    key_figures_ = count_keys(engine_.world(), keys_);
    const std::string key_file = keys::KeyFile::beside(path);
    if (key_figures_.missing > 0 && !manner.without_keys && !std::filesystem::exists(key_file))
        throw KeysMissing{fmt::format("{}: is missing, and {} people are sealed with keys of it",
                                      key_file, key_figures_.missing)};
    figures_.head = engine_.world().head;
    figures_.beat = runtime.monotonic();
    figures_.timers_held = engine_.world().timers_held;
    if (manner.thread == Thread::own) thread_ = std::thread{[this] { work(); }};
}

Writer::Writer(const std::string& path, runtime::Runtime& runtime, std::function<void()> committed)
    : Writer{path, runtime, std::move(committed), runtime::LoopLimits{}, Manner{}} {}

Writer::~Writer() {
    {
        const std::scoped_lock lock{mutex_};
        ending_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
        return;
    }
    while (step()) {
    }
    save_at_end();
}

bool Writer::submit(runtime::Submission submission, runtime::CommandLoop::Done done) {
    {
        const std::scoped_lock lock{mutex_};
        if (!fault_.empty() || ending_ || waiting_ >= limits_.queue_max) return false;
        ++waiting_;
        arrived_.push_back({std::move(submission), std::move(done)});
    }
    wake_.notify_one();
    return true;
}

void Writer::wake() {
    {
        const std::scoped_lock lock{mutex_};
        woken_ = true;
    }
    wake_.notify_one();
}

std::string Writer::fault() const {
    const std::scoped_lock lock{mutex_};
    return fault_;
}

bool Writer::disk_full() const {
    const std::scoped_lock lock{mutex_};
    return disk_full_;
}

Writer::Figures Writer::figures() const {
    const std::scoped_lock lock{mutex_};
    Figures now = figures_;
    now.waiting = waiting_;
    return now;
}

/// Whoever says no more of when than an instant is given its civil day.
void Writer::settle_time(Effective& effective) const {
    if (!effective.zone.empty() || engine_.world().rules == nullptr) return;
    const calendar::Zone& zone = engine_.world().rules->zone();
    const Instant at = effective.at;
    effective = {Precision::instant, at, zone.local(at).date, at, zone.name()};
}

/// Moves what has arrived into the loop, which is used from this thread only.
void Writer::take_over() {
    std::deque<Waiting> arrived;
    {
        const std::scoped_lock lock{mutex_};
        arrived = std::exchange(arrived_, {});
    }
    for (Waiting& one : arrived) {
        auto answered = [this, done = std::move(one.done)](const runtime::Answer& answer) {
            {
                const std::scoped_lock lock{mutex_};
                --waiting_;
                ++figures_.commands;
                // Whoever was told of a decision finds it in the figures.
                figures_.timers_held = engine_.world().timers_held;
            }
            if (done) done(answer);
        };
        settle_time(one.submission.meta.effective);
        loop_.submit(std::move(one.submission), std::move(answered));
    }
}

void Writer::watch(std::function<void(const Turn&)> seen) {
    const std::scoped_lock lock{mutex_};
    seen_ = std::move(seen);
}

bool Writer::run(Job job) {
    {
        const std::scoped_lock lock{mutex_};
        if (!fault_.empty() || ending_ || jobs_.size() >= limits_.queue_max) return false;
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

bool Writer::run_jobs() {
    std::deque<Job> jobs;
    {
        const std::scoped_lock lock{mutex_};
        jobs = std::exchange(jobs_, {});
    }
    for (const Job& job : jobs) job(engine_, loop_.now());
    return !jobs.empty();
}

bool Writer::take_turn() {
    const Elapsed began = runtime_.monotonic();
    const std::size_t before = loop_.waiting();
    const bool worked = loop_.turn();
    if (!worked) return false;
    const Turn turn{before - loop_.waiting(), {runtime_.monotonic().micros - began.micros}};
    std::function<void(const Turn&)> seen;
    {
        const std::scoped_lock lock{mutex_};
        seen = seen_;
    }
    if (seen) seen(turn);
    return true;
}

void Writer::publish_figures(bool worked, Instant looked_at) {
    const auto next = loop_.wake_up();
    const Elapsed lag = next ? loop_.now() - *next : Elapsed{};
    const Elapsed beat = runtime_.monotonic();
    const std::scoped_lock lock{mutex_};
    figures_.beat = beat;
    figures_.head = engine_.world().head;
    figures_.turns += worked ? 1 : 0;
    figures_.timer_lag = std::max(lag, Elapsed{});
    figures_.next_timer = next;
    figures_.looked_at = looked_at;
    figures_.timers_held = engine_.world().timers_held;
}

bool Writer::turn() {
    take_over();
    const Instant looked_at = runtime_.wall();
    const bool worked = run_jobs() | take_turn();
    publish_figures(worked, looked_at);
    // Who does all on one thread comes by much oftener.
    const bool long_ago = runtime_.monotonic().micros - told_.micros >= look_at_least.micros;
    if (worked || long_ago || thread_kind_ == Thread::own) tell();
    return worked;
}

void Writer::tell() {
    told_ = runtime_.monotonic();
    if (committed_) committed_();
}

bool Writer::step() {
    if (!fault().empty()) return false;
    try {
        return turn();
    } catch (const std::exception& error) {
        stop(error);
        return false;
    }
}

void Writer::work() {
    try {
        for (;;) {
            if (turn()) continue;
            const auto next = loop_.wake_up();
            const Elapsed until = next ? std::max(*next - loop_.now(), Elapsed{}) : look_at_least;
            std::unique_lock lock{mutex_};
            if (ending_ && arrived_.empty() && jobs_.empty()) break;
            wake_.wait_for(
                lock, std::chrono::microseconds{std::min(until, look_at_least).micros},
                [this] { return ending_ || woken_ || !arrived_.empty() || !jobs_.empty(); });
            woken_ = false;
        }
        engine_.save_snapshot();
    } catch (const std::exception& error) {
        stop(error);
    }
}

/// What the thread does last, where there is none.
void Writer::save_at_end() {
    if (!fault().empty()) return;
    try {
        engine_.save_snapshot();
    } catch (const std::exception& error) {
        stop(error);
    }
}

/// Whether the last batch is durable is unknown; only opening the log again tells.
void Writer::stop(const std::exception& error) {
    const std::scoped_lock lock{mutex_};
    fault_ = error.what();
    disk_full_ = dynamic_cast<const log::DiskFull*>(&error) != nullptr;
    arrived_.clear();
    jobs_.clear();
}

}  // namespace dutylog::server
