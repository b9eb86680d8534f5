#include "tests/simulation/campaign.hpp"
#include "tests/simulation/service/big_life.hpp"

int main(int argc, char** argv) {
    using namespace dutylog::simulation;
    CLI::App app{
        "Plays seeded histories of the whole service, over connections, receivers and disks that "
        "fail, and checks that it keeps every promise."};
    Campaign campaign{.program = "./dev sim --service"};
    campaign.declare(app);
    std::string life = "usual";
    std::size_t size = 1'000;
    app.add_option("--life", life, "a rare kind of life")
        ->check(CLI::IsMember({"usual", "shared-file", "endpoints", "downtime"}))
        ->capture_default_str();
    app.add_option("--size", size, "how many endpoints, or deadlines, it has")
        ->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    if (life != "usual") campaign.program += " --life " + life + " --size " + std::to_string(size);
    if (const auto settled = campaign.settled(names_of(all_service_plants()))) return *settled;
    const ServicePlant plant = service_plant_named(campaign.plant).value();
    return play<ServiceOutcome>(campaign, [&](std::uint64_t seed) {
        if (life == "endpoints") return live_among(seed, size, plant);
        if (life == "downtime") return live_after_downtime(seed, size, plant);
        const bool shared = life == "shared-file";
        return live(seed, plant, shared ? Ground::shared_file : Ground::failing_disk);
    });
}
