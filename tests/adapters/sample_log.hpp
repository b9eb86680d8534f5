#pragma once

#include <string>

#include "adapters/sqlite/store.hpp"
#include "adapters/sqlite/verify.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::test {

/// A small log that has a row in every table: about two dozen events in five streams, most of them
/// settled and the last ones not.
void write_sample_log(const std::string& path);

/// What the derived tables of the sample log must hold, worked out from its events.
sqlite::Derived derive_sample(log::EventStore& store);

}  // namespace dutylog::test
