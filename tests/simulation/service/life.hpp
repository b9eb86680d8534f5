#pragma once

#include <optional>
#include <string>

#include "tests/simulation/service/service_plant.hpp"

namespace dutylog::simulation {

/// What a seed showed, for those who want to know that it was worth something.
struct ServiceTally {
    std::size_t starts = 0;
    std::size_t crashes = 0;
    std::size_t commands = 0;     ///< answered over HTTP
    std::size_t asked_again = 0;  ///< though they were answered
    std::size_t questions = 0;    ///< answered over HTTP
    std::size_t links = 0;        ///< that did their one thing
    std::size_t facts = 0;        ///< of other systems
    std::size_t attempts = 0;     ///< to tell somebody
    std::size_t taken = 0;        ///< messages that came in whole
    std::uint64_t events = 0;
    ServiceTally& operator+=(const ServiceTally& other);
    std::string text() const;
};

struct ServiceOutcome {
    std::optional<std::string> broken;  ///< the promise that did not hold
    ServiceTally tally;
};

/// What the log of a life lies on.
enum class Ground : std::uint8_t {
    failing_disk,  ///< a simulated one
    shared_file    ///< a file of the system, which a second engine tries to open again and again
};

/// Lives through the history of a seed: some months of a plant whose service is asked over bad
/// connections, tells people through receivers of all kinds, crashes, stands still and starts
/// again; then everybody behaves, and every promise is looked at.
ServiceOutcome live(std::uint64_t seed, ServicePlant plant, Ground ground = Ground::failing_disk);

}  // namespace dutylog::simulation
