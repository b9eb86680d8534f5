#pragma once

#include "engine/pdca/commands.hpp"

namespace dutylog::cli {

/// Whether a key of a command has to be there.
enum class Need : unsigned char { required, optional };

/// `duty`, `of` and `cycle` of every command about a duty.
template <class Fields, class Order>
void list_target(Fields& f, Order& c) {
    f.duty("duty", "of", c.duty);
    f.cycle("cycle", c.cycle);
}

}  // namespace dutylog::cli
