#include "adapters/cli/trial.hpp"

namespace dutylog::cli {

std::optional<Rejection> Trial::run(const pdca::Command& command, const pdca::Meta& meta,
                                    Instant now) {
    pdca::Outcome outcome = process_.execute(command, meta, now);
    for (std::size_t i = 0; i < outcome.events.size(); ++i) {
        const log::NewEvent& placed = outcome.append.events[i];
        log::Envelope envelope;
        envelope.position = outcome.first + i;
        envelope.stream = placed.stream;
        envelope.type = placed.type;
        envelope.recorded = now;
        envelope.effective = placed.effective;
        envelope.actor = placed.actor;
        envelope.origin = placed.origin;
        events_.push_back({std::move(envelope), std::move(outcome.events[i])});
    }
    return std::move(outcome.refusal);
}

}  // namespace dutylog::cli
