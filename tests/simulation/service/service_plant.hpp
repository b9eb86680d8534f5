#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace dutylog::simulation {

/// A fault put into the service on purpose, to see that the promises find it.
enum class ServicePlant : std::uint8_t {
    none,
    send_before_commit,  ///< commits are not synced: people are told of what a crash takes back
    new_id_on_retry,     ///< each attempt carries an id of its own
    breaker_stays_open,  ///< a receiver that failed is never asked again
    report_twice,        ///< what became of a message is recorded under two ids
    follow_redirects,    ///< a receiver leads us to another address
    believe_any_yes      ///< 200 counts as taken, whatever the body says
};

std::string_view name_of(ServicePlant plant);
std::optional<ServicePlant> service_plant_named(std::string_view name);
const std::vector<ServicePlant>& all_service_plants();

}  // namespace dutylog::simulation
