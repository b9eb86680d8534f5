#pragma once

#include <cstdint>
#include <string_view>

#include "engine/core/instant.hpp"

namespace dutylog::runtime {

/// The world outside, as far as the command loop may see it: two clocks and seeded randomness.
/// Production wraps the machine's clocks (adapters/clock); a simulation wraps a seed and virtual
/// time, so that whole years run in a test. The log comes in beside it as an `EventStore`.
class Runtime {
public:
    virtual ~Runtime() = default;
    /// The time of day; may jump either way.
    virtual Instant wall() = 0;
    /// Time since some start; never runs back, and does not know the date.
    virtual Elapsed monotonic() = 0;
    /// The next number of a named stream; each stream is independent of the others.
    virtual std::uint64_t random(std::string_view stream) = 0;
};

}  // namespace dutylog::runtime
