#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/history/outside.hpp"
#include "engine/pdca/process.hpp"

namespace dutylog::history {

/// One event of a rehearsal, at the place it would have in a log.
struct RehearsedEvent {
    pdca::Recorded recorded;
    pdca::Event event;
    Digest state_hash;
};

/// An act that was not possible, with the reason.
struct DroppedAct {
    std::string command;
    log::Position position = 0;  ///< in the log
    Rejection refusal;
};
/// As one English sentence.
std::string to_string(const DroppedAct& act);

/// Lives an outside history through again in memory, with the same `decide`, and without any
/// handle that could reach a log or an outbox. What the engine derives arises anew.
class Rehearsal {
public:
    /// @param keys     of people; null opens nothing. They outlive the rehearsal
    /// @param answers  of sealed fields, as the log has them
    explicit Rehearsal(pdca::RulesSource source, const log::KeyRing* keys = nullptr,
                       pdca::SealedAnswers answers = {});

    /// Runs one act at its recorded time, firing timers up to it before.
    /// @returns the refusal, where it was refused
    std::optional<Rejection> run(const OutsideAct& act);
    /// Fires timers due up to `until`, each at its own time.
    void advance(Instant until);
    /// Fires the timer of one duty, if it has one that is due.
    void fire(const StreamId& duty, Instant now);

    const pdca::World& world() const { return world_; }
    const std::vector<RehearsedEvent>& events() const { return events_; }
    /// Acts that could not be made in the changed history.
    const std::vector<DroppedAct>& dropped() const { return dropped_; }
    /// Keys that were needed for a question nobody had asked before, and are gone: what depends on
    /// them cannot be told any more.
    const std::set<std::string>& unreadable() const { return world_.unsealing.notes->unreadable; }

    /// Whether timers fire at their own time, or only when `fire` says so.
    bool own_time = true;

private:
    void take(pdca::Outcome outcome, Instant now);
    pdca::Command moved(const pdca::Command& command) const;

    pdca::World world_;
    pdca::Process process_;
    std::set<std::pair<Instant, std::string>> queue_;
    std::map<std::string, log::Timer> timers_;
    std::map<log::Position, log::Position> places_;  ///< of acts: place in the log → here
    std::vector<RehearsedEvent> events_;
    std::vector<DroppedAct> dropped_;
};

/// The unchanged history of a log, rehearsed: it must reproduce the log event for event.
Rehearsal rehearse(const OutsideHistory& history, pdca::RulesSource source,
                   const log::KeyRing* keys);

/// What was true: the facts known at the cut in the order in which they were true, each taken to
/// have been known at once; deadlines and breaches arise anew.
Rehearsal rehearse_as_true(OutsideHistory history, pdca::RulesSource source,
                           const log::KeyRing* keys, Instant until);

}  // namespace dutylog::history
