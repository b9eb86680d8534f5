#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>

#include "engine/pdca/stored.hpp"
#include "tests/simulation/author.hpp"
#include "tests/simulation/runner.hpp"

namespace {

using namespace dutylog::simulation;

struct Request {
    std::uint64_t seeds = 100;
    std::uint64_t from = 1;
    unsigned workers = std::max(1U, std::thread::hardware_concurrency());
    std::string plant = "none";
    bool list = false;
    bool show = false;
    bool same = false;
};

std::string again(const Request& request, std::uint64_t seed) {
    std::string command = "./dev sim --seeds 1 --from " + std::to_string(seed);
    if (request.plant != "none") command += " --plant " + request.plant;
    return command;
}

/// The log of a seed as its story made it, one event a line, for whoever looks for a fault.
void show(std::uint64_t seed, Plant plant) {
    write_story(seed, plant, [](const dutylog::log::StoredEvent& stored) {
        const auto& envelope = stored.envelope;
        const auto event =
            dutylog::pdca::EventCodec::decode(envelope.type, envelope.schema, stored.payload);
        std::cout << envelope.position << ' ' << to_string(envelope.recorded) << ' '
                  << envelope.stream.str() << ' ' << envelope.type << " by " << envelope.actor.str()
                  << " command " << envelope.command.str() << " cause " << envelope.cause
                  << " true at " << to_string(envelope.effective.at) << ' '
                  << dutylog::pdca::EventCodec::to_json(event) << '\n';
        return true;
    });
}

/// @returns the exit code: a planted fault is to be found, and without one there is none to find
int run(const Request& request, Plant plant) {
    const auto start = std::chrono::steady_clock::now();
    std::uint64_t played = 0;
    std::uint64_t broken = 0;
    Tally tally;
    const Campaign campaign{request.from, request.seeds, request.workers, plant};
    play_seeds(campaign, [&](std::uint64_t seed, const SeedOutcome& outcome) {
        ++played;
        tally += outcome.tally;
        if (!outcome.broken) return true;
        ++broken;
        std::cout << "seed " << seed << ": " << *outcome.broken
                  << "\n  to play it again: " << again(request, seed) << std::endl;
        return plant == Plant::none;
    });
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << played << " seeds, " << tally.events << " events, " << tally.crashes
              << " crashes (" << tally.half_way << " after the commit, " << tally.points
              << " at each point of a move), " << tally.told_again << " answers told again, "
              << took.count() << " s\n";
    if (plant == Plant::none) return broken == 0 ? 0 : 1;
    if (broken == 0) std::cout << "the planted fault " << request.plant << " was not found\n";
    return broken == 0 ? 1 : 0;
}

/// Plays every seed twice, with one worker and with several: they must write the same bytes.
int run_twice(const Request& request, Plant plant) {
    Campaign campaign{request.from, request.seeds, 1, plant};
    std::vector<SeedOutcome> first;
    play_seeds(campaign, [&](std::uint64_t, const SeedOutcome& outcome) {
        first.push_back(outcome);
        return true;
    });
    std::uint64_t others = 0;
    campaign.workers = std::max(2U, request.workers);
    play_seeds(campaign, [&](std::uint64_t seed, const SeedOutcome& outcome) {
        const SeedOutcome& before = first.at(seed - request.from);
        if (outcome.trace == before.trace && outcome.broken == before.broken) return true;
        ++others;
        std::cout << "seed " << seed << " gives other bytes when it is played again\n";
        return true;
    });
    std::cout << first.size() << " seeds played twice, " << others << " gave other bytes\n";
    return others == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{
        "Plays seeded histories of an employer on stores that fail, and checks that the "
        "log keeps every promise."};
    Request request;
    app.add_option("--seeds", request.seeds, "how many seeds to play")->capture_default_str();
    app.add_option("--from", request.from, "the first seed")->capture_default_str();
    app.add_option("--workers", request.workers, "how many threads play them")
        ->capture_default_str();
    app.add_flag("--same", request.same, "play each seed twice and compare what was written");
    app.add_option("--plant", request.plant, "a fault to put in, which must then be found");
    app.add_flag("--plants", request.list, "list the faults that can be put in");
    app.add_flag("--show", request.show, "print the log of the first seed instead");
    CLI11_PARSE(app, argc, argv);
    if (request.list) {
        for (const Plant plant : all_plants()) std::cout << name_of(plant) << '\n';
        return 0;
    }
    const auto plant = plant_named(request.plant);
    if (!plant) {
        std::cerr << "sim: no fault is called `" << request.plant << "`; --plants lists them\n";
        return 2;
    }
    if (request.show) {
        show(request.from, *plant);
        return 0;
    }
    return request.same ? run_twice(request, *plant) : run(request, *plant);
}
