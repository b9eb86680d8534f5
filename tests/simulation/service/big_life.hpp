#pragma once

#include "tests/simulation/service/life.hpp"

/// Rare and long kinds of life, with everything that takes part as in the others.
namespace dutylog::simulation {

/// So many receivers, one for each person: nearly all are down for minutes, then for hours, and
/// come back. Those that are up are told meanwhile, the others once they are back; each is asked a
/// bounded number of times.
ServiceOutcome live_among(std::uint64_t seed, std::size_t endpoints, ServicePlant plant);

/// So many deadlines of forty people pass while the service is down for 90 days. Back again, it
/// records each once, with its own time, and everybody is told within a day, by mail: first comes a
/// digest, and few messages after it.
ServiceOutcome live_after_downtime(std::uint64_t seed, std::size_t deadlines, ServicePlant plant);

}  // namespace dutylog::simulation
