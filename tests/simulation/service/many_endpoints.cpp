#include <algorithm>
#include <set>

#include "tests/simulation/broken.hpp"
#include "tests/simulation/checks.hpp"
#include "tests/simulation/service/big_life.hpp"
#include "tests/simulation/service/crowd.hpp"
#include "tests/simulation/service/receivers.hpp"

namespace dutylog::simulation {

namespace {

constexpr Instant monday{1'736'128'800'000'000};  // 2025-01-06T10:00 in Shanghai
/// Every so many receivers one is never down.
constexpr std::size_t up_every = 100;
/// Breakers let a probe through at least so often, and retries are not farther apart than that
/// here.
constexpr Elapsed told_after = minutes(30);
/// Of one receiver for one notice: the schedule until its failures move the ladder on.
constexpr std::size_t attempts_for_one = 8;

class AmongMany {
public:
    AmongMany(std::uint64_t seed, std::size_t endpoints, ServicePlant plant)
        : draw_{seed},
          outside_{monday, draw_.fork(), plant},
          machine_{outside_, sqlite_disk(draw_.fork(), true), [] {}},
          crowd_{.sites = endpoints, .assets = endpoints} {
        open_crowd(outside_, draw_, crowd_.sites);
        machine_.begin();
    }

    ServiceTally live() {
        enter_crowd(machine_, outside_, crowd_);
        promise_all(machine_, outside_, crowd_, 1);
        machine_.process().begin_telling();
        turn();
        reach_rung(true);
        pass(minutes(4), seconds(4));
        check_up_are_told(1);
        set_down(false);
        pass(told_after, seconds(10));
        check_told(1, "those that come back are told");
        reach_rung(true);
        pass(hours(3), seconds(20));
        check_up_are_told(2);
        set_down(false);
        for (int steps = 0; !store().outbox(1).empty(); ++steps) {
            require(steps < 6 * 48, "whoever cannot be reached is replaced by the next in line");
            pass(minutes(10), seconds(100));
        }
        reach_rung(false);
        pass(told_after, seconds(10));
        check_told(2, "breakers close again");
        check_bounded();
        check_record(store());
        return tally();
    }

private:
    log::EventStore& store() { return machine_.store(); }

    void set_down(bool down) {
        std::size_t number = 0;
        for (auto& [host, receiver] : outside_.receivers)
            if (number++ % up_every != 0) receiver.set_down(down);
    }

    /// To the moment at which everybody is to be told.
    void reach_rung(bool down) {
        set_down(down);
        for (int timers = 0; store().outbox(1).empty(); ++timers) {
            require(timers < 40, "a rung is reached");
            const auto next = machine_.process().loop().wake_up();
            require(next.has_value(), "there is a next rung");
            outside_.clocks.pass(std::max(*next - outside_.clocks.wall(), seconds(1)));
            since_ = outside_.clocks.wall();
            turn();
        }
    }

    void turn() {
        machine_.process().turn();
        outside_.turn();
        const auto& figures = machine_.process().courier().figures();
        require(figures.under_way <= notice::dispatch::DispatchLimits{}.attempts_max,
                "no more attempts are under way than allowed");
        require(outside_.broken.empty(), outside_.broken);
    }

    void pass(Elapsed span, Elapsed step) {
        for (Elapsed passed; passed < span; passed = Elapsed{passed.micros + step.micros}) {
            turn();
            outside_.clocks.pass(step);
        }
        turn();
    }

    static std::size_t taken_by(const Receiver& receiver) {
        std::set<std::string> ids;
        for (const Taken& taken : receiver.taken())
            if (taken.agreed) ids.insert(taken.id);
        return ids.size();
    }

    /// Whoever is up is told, though all others are down.
    void check_up_are_told(std::size_t times) {
        std::size_t number = 0;
        for (const auto& [host, receiver] : outside_.receivers)
            if (number++ % up_every == 0)
                require(taken_by(receiver) >= times,
                        "receivers that are down hold nobody up: " + host);
    }

    void check_told(std::size_t times, const std::string& promise) {
        for (const auto& [host, receiver] : outside_.receivers)
            require(taken_by(receiver) >= times && receiver.taken().back().at >= since_,
                    promise + ": " + host);
    }

    void check_bounded() {
        for (const auto& [host, receiver] : outside_.receivers)
            require(receiver.connections() <= 3 * attempts_for_one,
                    "a receiver that is down is not asked without end: " + host + ", " +
                        std::to_string(receiver.connections()) + " times");
    }

    ServiceTally tally() {
        ServiceTally tally{.starts = outside_.starts};
        tally.attempts = outside_.attempts();
        for (const auto& [channel, taken] : outside_.taken()) tally.taken += taken->size();
        tally.events = machine_.store().head().size;
        return tally;
    }

    Draw draw_;
    Outside outside_;
    Machine machine_;
    Crowd crowd_;
    Instant since_;  ///< the rung
};

}  // namespace

ServiceOutcome live_among(std::uint64_t seed, std::size_t endpoints, ServicePlant plant) {
    ServiceOutcome outcome;
    try {
        outcome.tally = AmongMany{seed, endpoints, plant}.live();
    } catch (const std::exception& error) {
        outcome.broken = error.what();
    }
    return outcome;
}

}  // namespace dutylog::simulation
