#pragma once

#include <map>
#include <string>
#include <utility>

#include "engine/log/event_store.hpp"
#include "engine/pdca/events.hpp"

namespace dutylog::server {

/// How often the date of something moved, or it was done or dropped, and when that was last.
struct Moves {
    std::uint32_t times = 0;
    Instant last;
};

/// By cycle and step; an empty step stands for the cycle.
using AllMoves = std::map<std::pair<pdca::CycleNumber, std::string>, Moves>;

/// Of all cycles and steps of one duty.
AllMoves moves_of(log::EventStore& store, const StreamId& duty);

}  // namespace dutylog::server
