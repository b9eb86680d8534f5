#pragma once

#include <optional>

#include "engine/history/outside.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::history {

/// The three clocks of one question (design section 5).
struct Clocks {
    std::optional<Instant> known_at;  ///< what was on the record then; nothing: all of it
    /// Facts are taken in the order in which they were true, up to here; nothing: as recorded.
    std::optional<Instant> true_at{};
    /// These rules judge from the beginning on, hypothetically; nothing: those of their time.
    std::optional<Digest> rules{};
};

/// The world as far as one duty is concerned: its own stream and the log's, and, where facts have
/// to be decided again, the streams it can read: of its subject, of what that lives in and what
/// lives in it, of subjects whose facts its definition reads by reference, and of the people who
/// hold roles there. So a question about one duty costs what that duty is, not what the log is.
/// Other duties are not in it.
/// @param keys  of people; null opens nothing
pdca::World duty_world(log::EventStore& store, const pdca::RulesSource& source,
                       const StreamId& duty, const Clocks& clocks,
                       const log::KeyRing* keys = nullptr);

}  // namespace dutylog::history
