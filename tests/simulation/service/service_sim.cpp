#include "tests/simulation/campaign.hpp"
#include "tests/simulation/service/life.hpp"

int main(int argc, char** argv) {
    using namespace dutylog::simulation;
    CLI::App app{
        "Plays seeded histories of the whole service, over connections, receivers and disks that "
        "fail, and checks that it keeps every promise."};
    Campaign campaign{.program = "./dev sim --service"};
    campaign.declare(app);
    CLI11_PARSE(app, argc, argv);
    if (const auto settled = campaign.settled(names_of(all_service_plants()))) return *settled;
    const ServicePlant plant = service_plant_named(campaign.plant).value();
    return play<ServiceOutcome>(campaign, [&](std::uint64_t seed) { return live(seed, plant); });
}
