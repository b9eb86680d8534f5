#pragma once

#include <string>

#include "tests/simulation/service/machine.hpp"

namespace dutylog::simulation {

/// A plant of many sites: at each stand assets, and one person looks after them. Every asset has a
/// promise, and all promises are due on one day.
struct Crowd {
    std::size_t sites = 0;
    std::size_t assets = 0;  ///< spread over the sites

    static std::string person(std::size_t site) { return "p" + std::to_string(site); }
    static std::string asset(std::size_t number) { return "a" + std::to_string(number); }
    static constexpr const char* chief = "chief";  ///< the person in charge
};

/// The plant is entered, and everything is promised.
/// @pre nothing was published
void enter_crowd(Machine& machine, Outside& outside, const Crowd& crowd);

/// Everything is promised once more, now.
void promise_all(Machine& machine, Outside& outside, const Crowd& crowd, int number);

}  // namespace dutylog::simulation
