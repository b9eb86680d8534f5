#include <sstream>

#include "tests/simulation/service/life.hpp"

namespace dutylog::simulation {

ServiceTally& ServiceTally::operator+=(const ServiceTally& other) {
    starts += other.starts;
    crashes += other.crashes;
    commands += other.commands;
    asked_again += other.asked_again;
    questions += other.questions;
    links += other.links;
    facts += other.facts;
    attempts += other.attempts;
    taken += other.taken;
    events += other.events;
    return *this;
}

std::string ServiceTally::text() const {
    std::ostringstream text;
    text << events << " events, " << starts << " starts, " << crashes << " crashes, " << commands
         << " commands answered, " << asked_again << " asked again, " << questions
         << " questions answered, " << links << " links followed, " << facts << " facts of others, "
         << attempts << " attempts to tell, " << taken << " messages taken";
    return text.str();
}

}  // namespace dutylog::simulation
