#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <iostream>
#include <thread>

#include "tests/simulation/in_order.hpp"
#include "tests/simulation/service/life.hpp"

namespace {

using namespace dutylog::simulation;

struct Request {
    std::uint64_t seeds = 100;
    std::uint64_t from = 1;
    unsigned workers = std::max(1U, std::thread::hardware_concurrency());
    std::string plant = "none";
    bool list = false;
};

std::string again(const Request& request, std::uint64_t seed) {
    std::string command = "./dev sim --service --seeds 1 --from " + std::to_string(seed);
    if (request.plant != "none") command += " --plant " + request.plant;
    return command;
}

/// @returns the exit code: a planted fault is to be found, and without one there is none to find
int run(const Request& request, ServicePlant plant) {
    const auto start = std::chrono::steady_clock::now();
    std::uint64_t lived = 0;
    std::uint64_t broken = 0;
    ServiceTally tally;
    const InOrder<ServiceOutcome>::Play play = [&](std::uint64_t seed) {
        return live(seed, plant);
    };
    const InOrder<ServiceOutcome>::See see = [&](std::uint64_t seed,
                                                 const ServiceOutcome& outcome) {
        ++lived;
        tally += outcome.tally;
        if (!outcome.broken) return true;
        ++broken;
        std::cout << "seed " << seed << ": " << *outcome.broken
                  << "\n  to play it again: " << again(request, seed) << std::endl;
        return plant == ServicePlant::none;
    };
    InOrder<ServiceOutcome>{request.from, request.seeds, play, see}.run(request.workers);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << lived << " seeds, " << tally.events << " events, " << tally.starts << " starts, "
              << tally.crashes << " crashes, " << tally.commands << " commands answered, "
              << tally.asked_again << " asked again, " << tally.attempts << " attempts to tell, "
              << tally.taken << " messages taken, " << took.count() << " s\n";
    if (plant == ServicePlant::none) return broken == 0 ? 0 : 1;
    if (broken == 0) std::cout << "the planted fault " << request.plant << " was not found\n";
    return broken == 0 ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{
        "Plays seeded histories of the whole service, over connections, receivers and disks that "
        "fail, and checks that it keeps every promise."};
    Request request;
    app.add_option("--seeds", request.seeds, "how many seeds to play")->capture_default_str();
    app.add_option("--from", request.from, "the first seed")->capture_default_str();
    app.add_option("--workers", request.workers, "how many threads play them")
        ->capture_default_str();
    app.add_option("--plant", request.plant, "a fault to put in, which must then be found");
    app.add_flag("--plants", request.list, "list the faults that can be put in");
    CLI11_PARSE(app, argc, argv);
    if (request.list) {
        for (const ServicePlant plant : all_service_plants()) std::cout << name_of(plant) << '\n';
        return 0;
    }
    const auto plant = service_plant_named(request.plant);
    if (!plant) {
        std::cerr << "sim: no fault is called `" << request.plant << "`; --plants lists them\n";
        return 2;
    }
    return run(request, *plant);
}
