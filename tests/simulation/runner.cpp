#include "tests/simulation/runner.hpp"

#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace dutylog::simulation {

namespace {

/// Hands out seeds and takes outcomes; shows them in order, whoever was faster.
class Desk {
public:
    Desk(const Campaign& campaign, const See& see)
        : end_{campaign.from + campaign.seeds},
          next_{campaign.from},
          shown_{campaign.from},
          see_{see} {}

    std::optional<std::uint64_t> take() {
        const std::lock_guard lock{mutex_};
        if (next_ == end_ || enough_) return std::nullopt;
        return next_++;
    }
    void bring(std::uint64_t seed, SeedOutcome outcome) {
        const std::lock_guard lock{mutex_};
        played_.emplace(seed, std::move(outcome));
        for (auto found = played_.find(shown_); found != played_.end() && !enough_;
             found = played_.find(++shown_)) {
            enough_ = !see_(shown_, found->second);
            played_.erase(found);
        }
    }

private:
    std::mutex mutex_;
    std::uint64_t end_;
    std::uint64_t next_;
    std::uint64_t shown_;
    std::map<std::uint64_t, SeedOutcome> played_;
    const See& see_;
    bool enough_ = false;
};

}  // namespace

void play_seeds(const Campaign& campaign, const See& see) {
    Desk desk{campaign, see};
    const auto work = [&] {
        while (const auto seed = desk.take()) desk.bring(*seed, run_seed(*seed, campaign.plant));
    };
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < campaign.workers; ++i) others.emplace_back(work);
    work();
}

}  // namespace dutylog::simulation
