#pragma once

#include <cstdint>

#include "engine/core/id.hpp"
#include "engine/core/value.hpp"
#include "engine/log/envelope.hpp"

/// What the events of all rooms speak of.
namespace dutylog::pdca {

using log::Position;
using CycleNumber = std::uint32_t;  ///< 1, 2, … within one duty

}  // namespace dutylog::pdca
