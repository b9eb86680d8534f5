#pragma once

#include <utility>
#include <vector>

#include "engine/log/envelope.hpp"
#include "engine/pdca/process.hpp"

namespace dutylog::cli {

/// An event that would be recorded, at the place it would have.
struct TrialEvent {
    log::Envelope envelope;
    pdca::Event event;
};

/// Runs commands on a copy of a log's state, without a log: what would happen, before it does.
class Trial {
public:
    explicit Trial(pdca::World world) : world_{std::move(world)}, process_{world_} {}
    Trial(const Trial&) = delete;
    Trial& operator=(const Trial&) = delete;

    /// @returns the refusal, where a rule says no
    std::optional<Rejection> run(const pdca::Command& command, const pdca::Meta& meta, Instant now);

    const pdca::World& world() const { return world_; }
    const std::vector<TrialEvent>& events() const { return events_; }

private:
    pdca::World world_;
    pdca::Process process_;
    std::vector<TrialEvent> events_;
};

}  // namespace dutylog::cli
