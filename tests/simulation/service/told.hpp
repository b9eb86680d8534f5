#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/log/event_store.hpp"
#include "tests/simulation/service/taken.hpp"

namespace dutylog::simulation {

/// One person who was to be told of one notice.
using Told = std::pair<std::string, std::string>;

struct Plan {
    log::Position position = 0;
    Instant recorded;
    StreamId stream;
};

/// What the log says is to be told.
class Plans {
public:
    explicit Plans(log::EventStore& store);

    const std::map<Told, Plan>& all() const { return plans_; }
    const Plan& of(const Told& told) const { return plans_.at(told); }
    /// What a message says whom it tells of what; nothing for those that do not say it.
    std::vector<Told> told_by(const Taken& taken) const;

private:
    std::map<Told, Plan> plans_;
    std::map<std::string, Told> by_message_;
};

/// Whether the message tells of several notices together.
bool is_digest(const Taken& taken);
/// The parts of a message that may change between two attempts: the date that it speaks of, and who
/// owns the work.
std::string movable_in(const Taken& taken);

}  // namespace dutylog::simulation
