#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/simulation/in_order.hpp"

namespace dutylog::simulation {

/// Which seeds to play, and by how many threads, as the command line says. Seeds share nothing, so
/// the number of threads changes nothing but the time it takes.
struct Campaign {
    std::string program;  ///< what plays a seed again: `./dev sim`
    std::uint64_t seeds = 100;
    std::uint64_t from = 1;
    unsigned workers = std::max(1U, std::thread::hardware_concurrency());
    std::string plant = "none";
    bool list = false;

    void declare(CLI::App& app);
    /// @param faults  names of all that can be put in
    /// @returns the exit code where there is nothing to play: they were listed, or there is none of
    /// that name
    std::optional<int> settled(const std::vector<std::string_view>& faults) const;
    void tell_broken(std::uint64_t seed, const std::string& promise) const;
    /// @returns the exit code: a planted fault is to be found, and without one there is none to
    /// find
    int verdict(std::uint64_t broken) const;
    bool is_planted() const { return plant != "none"; }
};

/// Plays the seeds, and says what did not hold and what they were worth. With a planted fault it
/// stops where that is found.
/// @returns the exit code
template <class Outcome>
int play(const Campaign& campaign, const typename InOrder<Outcome>::Play& play_one) {
    const auto start = std::chrono::steady_clock::now();
    std::uint64_t played = 0;
    std::uint64_t broken = 0;
    decltype(Outcome::tally) tally;
    const typename InOrder<Outcome>::See see = [&](std::uint64_t seed, const Outcome& outcome) {
        ++played;
        tally += outcome.tally;
        if (!outcome.broken) return true;
        ++broken;
        campaign.tell_broken(seed, *outcome.broken);
        return !campaign.is_planted();
    };
    InOrder<Outcome>{campaign.from, campaign.seeds, play_one, see}.run(campaign.workers);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << played << " seeds, " << tally.text() << ", " << took.count() << " s\n";
    return campaign.verdict(broken);
}

/// The names of faults, for the command line.
template <class Plant>
std::vector<std::string_view> names_of(const std::vector<Plant>& plants) {
    std::vector<std::string_view> names;
    for (const Plant plant : plants) names.push_back(name_of(plant));
    return names;
}

}  // namespace dutylog::simulation
