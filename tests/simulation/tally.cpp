#include <sstream>

#include "tests/simulation/play.hpp"

namespace dutylog::simulation {

Tally& Tally::operator+=(const Tally& other) {
    crashes += other.crashes;
    half_way += other.half_way;
    points += other.points;
    told_again += other.told_again;
    events += other.events;
    return *this;
}

std::string Tally::text() const {
    std::ostringstream text;
    text << events << " events, " << crashes << " crashes (" << half_way << " after the commit, "
         << points << " at each point of a move), " << told_again << " answers told again";
    return text.str();
}

}  // namespace dutylog::simulation
