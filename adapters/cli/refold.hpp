#pragma once

#include <functional>
#include <vector>

#include "adapters/cli/phrase.hpp"
#include "engine/log/event_store.hpp"
#include "engine/log/seal.hpp"

namespace dutylog::cli {

/// What folding a whole log anew came to.
struct Refolded {
    std::vector<log::Timer> timers;  ///< as the state wants them
    std::vector<Phrase> problems;
    bool complete = false;  ///< every event could be folded
};

/// Folds every event and compares the state after it with the hash that was stored with it.
/// @param progress  told the events done, now and then
Refolded refold(log::EventStore& store, const log::KeyRing& keys,
                const std::function<void(std::uint64_t)>& progress);

/// Decides everything again from what came from outside: the unchanged history must reproduce
/// itself event for event.
std::vector<Phrase> rehearsal_differences(log::EventStore& store, const log::KeyRing& keys);

}  // namespace dutylog::cli
