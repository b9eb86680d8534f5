#pragma once

#include <boost/json.hpp>
#include <string>
#include <vector>

#include "adapters/cli/narrator.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::cli {

/// An answer of engine/history as lines for people, each naming its events. @param ask  which
/// question it answers, as in scenarios: `first-missed`, `told`, `state` …
std::vector<std::string> answer_lines(const Console& console, const Narrator& narrator,
                                      const std::string& ask, const boost::json::value& answer);

/// `#12–#18, #40`
std::string position_list(std::vector<log::Position> positions);

/// The events of one cycle of a duty, for answers about its state.
/// @param known_at  events recorded later are left out
std::vector<log::Position> events_of_cycle(log::EventStore& store, const StreamId& duty,
                                           pdca::CycleNumber cycle,
                                           std::optional<Instant> known_at);

}  // namespace dutylog::cli
