#pragma once

#include <boost/json/object.hpp>

#include "adapters/cli/narrator.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::cli {

/// One stored event as a line: its place, when it was recorded, by whom, and what it says.
void tell_event(Console& console, const Narrator& narrator, const log::StoredEvent& stored,
                bool dated);

boost::json::object event_json(const Narrator& narrator, const log::StoredEvent& stored);

Weight weight_of(const Narrator& narrator, const log::StoredEvent& stored);

/// @throws Failure  the log has no event at that place
void require_event(log::EventStore& store, log::Position position);

}  // namespace dutylog::cli
