#include "tests/simulation/campaign.hpp"

namespace dutylog::simulation {

void Campaign::declare(CLI::App& app) {
    app.add_option("--seeds", seeds, "how many seeds to play")->capture_default_str();
    app.add_option("--from", from, "the first seed")->capture_default_str();
    app.add_option("--workers", workers, "how many threads play them")->capture_default_str();
    app.add_option("--plant", plant, "a fault to put in, which must then be found");
    app.add_flag("--plants", list, "list the faults that can be put in");
}

std::optional<int> Campaign::settled(const std::vector<std::string_view>& faults) const {
    if (list) {
        for (const std::string_view fault : faults) std::cout << fault << '\n';
        return 0;
    }
    if (!is_planted() || std::ranges::find(faults, plant) != faults.end()) return std::nullopt;
    std::cerr << "sim: no fault is called `" << plant << "`; --plants lists them\n";
    return 2;
}

void Campaign::tell_broken(std::uint64_t seed, const std::string& promise) const {
    std::cout << "seed " << seed << ": " << promise << "\n  to play it again: " << program
              << " --seeds 1 --from " << seed << (is_planted() ? " --plant " + plant : "")
              << std::endl;
}

int Campaign::verdict(std::uint64_t broken) const {
    if (!is_planted()) return broken == 0 ? 0 : 1;
    if (broken == 0) std::cout << "the planted fault " << plant << " was not found\n";
    return broken == 0 ? 1 : 0;
}

}  // namespace dutylog::simulation
