#pragma once

#include <string>

#include "engine/pdca/events.hpp"

namespace dutylog::pdca::test {

/// An event in the words tests expect: its stored name without the room, then what tells it apart:
/// `step_opened do.service for eli`, `deadline_missed do.service due 2025-04-01 overdue`.
std::string told(const Event& event);

}  // namespace dutylog::pdca::test
