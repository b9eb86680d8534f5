#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace dutylog::simulation {

/// Plays seeds on several threads and shows their outcomes in the order of the seeds, whoever was
/// faster. Seeds share nothing, so the number of workers changes nothing but the time it takes.
/// @param see  @returns whether to go on
template <class Outcome>
class InOrder {
public:
    using Play = std::function<Outcome(std::uint64_t seed)>;
    using See = std::function<bool(std::uint64_t seed, const Outcome& outcome)>;

    InOrder(std::uint64_t from, std::uint64_t seeds, const Play& play, const See& see)
        : end_{from + seeds}, next_{from}, shown_{from}, play_{play}, see_{see} {}

    /// Until all are played or `see` has had enough.
    void run(unsigned workers) {
        const auto work = [this] {
            while (const auto seed = take()) bring(*seed, play_(*seed));
        };
        std::vector<std::jthread> others;
        for (unsigned i = 1; i < workers; ++i) others.emplace_back(work);
        work();
    }

private:
    std::optional<std::uint64_t> take() {
        const std::lock_guard lock{mutex_};
        if (next_ == end_ || enough_) return std::nullopt;
        return next_++;
    }
    void bring(std::uint64_t seed, Outcome outcome) {
        const std::lock_guard lock{mutex_};
        played_.emplace(seed, std::move(outcome));
        for (auto found = played_.find(shown_); found != played_.end() && !enough_;
             found = played_.find(++shown_)) {
            enough_ = !see_(shown_, found->second);
            played_.erase(found);
        }
    }

    std::mutex mutex_;
    std::uint64_t end_;
    std::uint64_t next_;
    std::uint64_t shown_;
    std::map<std::uint64_t, Outcome> played_;
    const Play& play_;
    const See& see_;
    bool enough_ = false;
};

}  // namespace dutylog::simulation
