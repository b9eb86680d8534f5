#include "tests/simulation/service/service_plant.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace dutylog::simulation {

namespace {

constexpr std::array<std::pair<ServicePlant, std::string_view>, 18> names{{
    {ServicePlant::none, "none"},
    {ServicePlant::send_before_commit, "send-before-commit"},
    {ServicePlant::new_id_on_retry, "new-id-on-retry"},
    {ServicePlant::breaker_stays_open, "breaker-stays-open"},
    {ServicePlant::report_twice, "report-twice"},
    {ServicePlant::follow_redirects, "follow-redirects"},
    {ServicePlant::believe_any_yes, "believe-any-yes"},
    {ServicePlant::believe_silence, "believe-silence"},
    {ServicePlant::link_works_twice, "link-works-twice"},
    {ServicePlant::link_never_expires, "link-never-expires"},
    {ServicePlant::feed_skips, "feed-skips"},
    {ServicePlant::feed_repeats, "feed-repeats"},
    {ServicePlant::forget_the_clock, "forget-the-clock"},
    {ServicePlant::pages_overlap, "pages-overlap"},
    {ServicePlant::believe_any_sender, "believe-any-sender"},
    {ServicePlant::facts_twice, "facts-twice"},
    {ServicePlant::critical_alone, "critical-alone"},
    {ServicePlant::lock_lost, "lock-lost"},
}};

}  // namespace

std::string_view name_of(ServicePlant plant) {
    return std::ranges::find(names, plant, [](const auto& each) { return each.first; })->second;
}

std::optional<ServicePlant> service_plant_named(std::string_view name) {
    for (const auto& [plant, known] : names)
        if (known == name) return plant;
    return std::nullopt;
}

const std::vector<ServicePlant>& all_service_plants() {
    static const std::vector<ServicePlant> all = [] {
        std::vector<ServicePlant> plants;
        for (const auto& [plant, name] : names)
            if (plant != ServicePlant::none) plants.push_back(plant);
        return plants;
    }();
    return all;
}

}  // namespace dutylog::simulation
