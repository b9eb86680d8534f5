#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "engine/scenario/player.hpp"

namespace dutylog::scenario {

/// One question, what was expected and what was found.
struct Answered {
    std::string ask;
    std::uint32_t line = 0;
    boost::json::value found;
    std::vector<std::string> differences;  ///< empty: as expected
    std::vector<std::string> assumptions;  ///< that a what-if made
};

/// Asks every question of a scenario that was played.
std::vector<Answered> ask(const Scenario& scenario, Player& player);

/// Where `found` does not hold what the scenario expects: sentences, empty when it does.
/// @param prefix  lists must agree from the front; else each expected item must be found somewhere
std::vector<std::string> compare(const Node& expected, const boost::json::value& found,
                                 bool prefix);

/// The history with outside events dropped, moved, added or replaced; breaches that remain.
/// @param assumptions  what was assumed, for the answer
boost::json::value what_if(const Scenario& scenario, Player& player, const Node& changes,
                           std::vector<std::string>& assumptions, std::vector<Problem>& problems);

}  // namespace dutylog::scenario
