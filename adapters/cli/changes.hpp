#pragma once

#include <boost/json/array.hpp>

#include "engine/history/outside.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::cli {

/// Changes what came from outside, as a what-if asks: `{"drop": EVENT}`, `{"move": EVENT, "at":
/// WHEN}`, `{"replace": EVENT, "with": {FIELD: VALUE}}`, `{"add": COMMAND}`. The acts are in order
/// of their recorded times afterwards.
/// @param world  knows the subjects and types that are named
/// @throws Failure  a change names no event from outside, or cannot be read
void change_history(history::OutsideHistory& history, const boost::json::array& changes,
                    const pdca::World& world);

}  // namespace dutylog::cli
