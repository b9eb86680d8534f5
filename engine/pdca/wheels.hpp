#pragma once

#include <vector>

#include "engine/pdca/world.hpp"

namespace dutylog::pdca {

/// Whether `child` belongs to a system or programme: to a system the duties of its number about
/// subjects within its own; to a programme all duties and systems within.
bool is_child(const World& world, const Duty& child, const Duty& wheel);

/// Duties that apply and belong to it, in order of their streams.
std::vector<const Duty*> children_of(const World& world, const Duty& wheel);
/// Those of them with a cycle that is open.
std::vector<const Duty*> open_children(const World& world, const Duty& wheel);

}  // namespace dutylog::pdca
