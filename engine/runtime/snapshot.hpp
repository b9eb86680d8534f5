#pragma once

#include "engine/core/digest.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::runtime {

inline constexpr const char* snapshot_name = "world";

/// The folded state as bytes, to be read back by the same fold version only.
Bytes write_snapshot(const pdca::World& world);

/// @param world  fresh, with its `source` set
/// @returns false where the bytes are not a snapshot of that position; the world is then unusable
bool read_snapshot(pdca::World& world, log::Position at, BytesView bytes);

}  // namespace dutylog::runtime
