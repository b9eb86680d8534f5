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
    believe_any_yes,     ///< 200 counts as taken, whatever the body says
    believe_silence,     ///< a mail server that drops the connection counts as having taken it
    link_works_twice,    ///< a link acts whenever its button is pressed
    link_never_expires,  ///< the time of links is not looked at
    feed_skips,          ///< whoever comes back to the stream of events misses one
    feed_repeats,        ///< whoever comes back to the stream of events gets one again
    forget_the_clock,    ///< questions about what was known are answered with what is known now
    pages_overlap,       ///< each page of a list begins with the last entry of the one before
    believe_any_sender,  ///< signatures of inbound webhooks are not looked at
    facts_twice,         ///< a message that comes again is recorded again
    critical_alone,      ///< what is critical never gathers in a digest
    lock_lost            ///< a second engine can open the log
};

std::string_view name_of(ServicePlant plant);
std::optional<ServicePlant> service_plant_named(std::string_view name);
const std::vector<ServicePlant>& all_service_plants();

}  // namespace dutylog::simulation
