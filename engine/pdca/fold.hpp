#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/pdca/events.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::pdca {

/// The fold of one event into the world: an overload for each type. What each does stands in
/// `fold_record.cpp`, `fold_cycles.cpp`, `fold_steps.cpp` and `fold_notices.cpp`.
/// @throws CorruptStream  the event cannot follow what is in the world
class Fold {
public:
    /// @param spent  nobody needs the event any more: parts may be moved out of it
    Fold(World& world, const Circumstances& recorded, bool spent)
        : world_{world}, recorded_{recorded}, spent_{spent} {}

    // The log itself, subjects and facts.
    void operator()(const BundlePublished&);
    void operator()(const RecordVoided&);
    void operator()(const AssumptionRecorded&);
    void operator()(const DefinitionDayCame&);
    void operator()(const ClockJumped&);
    void operator()(const ClockDecided&);
    void operator()(const SubjectAdded&);
    void operator()(const FactRecorded&);
    void operator()(const PersonErased&);
    void operator()(const SealedFieldsAsked&);

    // Duties, their cycles and deadlines.
    void operator()(const DutyOpened&);
    void operator()(const DutyEnded&);
    void operator()(const CycleScheduled&);
    void operator()(const OccasionJoined&);
    void operator()(const DeadlineMoved&);
    void operator()(const CycleOpened&);
    void operator()(const PhaseEntered&);
    void operator()(const CompletionWithdrawn&);
    void operator()(const DeadlineMet&);
    void operator()(const DeadlineMissed&);
    void operator()(const GateBreached&);
    void operator()(const CycleSuspended&);
    void operator()(const CycleResumed&);
    void operator()(const CycleCancelled&);
    void operator()(const CycleClosed&);
    void operator()(const HealthChanged&);
    void operator()(const CycleMigrated&);

    // Work inside a cycle.
    void operator()(const StepOpened&);
    void operator()(const StepCompleted&);
    void operator()(const StepSatisfied&);
    void operator()(const StepReturned&);
    void operator()(const StepReopened&);
    void operator()(const StepApproved&);
    void operator()(const StepReassigned&);
    void operator()(const StepPostponed&);
    void operator()(const StepsLeftOut&);
    void operator()(const OwnerMissing&);
    void operator()(const OwnerFound&);
    void operator()(const FindingRaised&);
    void operator()(const MeasureVerified&);
    void operator()(const MeasureCarried&);
    void operator()(const SignerAdded&);
    void operator()(const SignerReleased&);
    void operator()(const PostponementAsked&);
    void operator()(const PostponementDecided&);

    // Telling people.
    void operator()(const NoticePlanned&);
    void operator()(const NoticesSkipped&);
    void operator()(const DeliveryRecorded&);
    void operator()(const ChannelSwitched&);

    // What is on the record without changing state.
    void operator()(const CommandRefused&) {}
    void operator()(const ActRefused&) {}
    void operator()(const ActPermitted&) {}
    void operator()(const GateOverridden&) {}
    void operator()(const SignalRaised&) {}
    void operator()(const AccessRefused&) {}
    void operator()(const SealedFieldsShown&) {}
    void operator()(const CommentAdded&) {}
    void operator()(const StepUrged&) {}
    void operator()(const LogRestored&) {}

private:
    void touch(Duty& duty);
    Duty& duty();
    Cycle& cycle(CycleNumber number);
    StepState& step(Cycle& cycle, const std::string& id);
    void reopen(Cycle& cycle, const std::string& id);
    void told_to_sign(Duty& duty, const NoticePlanned& event);
    void past_rung(Duty& duty, CycleNumber number, const std::string& step_id, unsigned rung);
    /// Keeps what later questions need of a cycle that is over.
    void finish(Duty& duty, CycleNumber number);
    void withdraw(Duty& duty, PastCycle& past, const CompletionWithdrawn& event);
    void migrate(const CycleMigrated& event);
    void replace(std::vector<registry::FactEntry>& entries);
    void void_fact(Position position);
    template <class Stored>
    void chain(registry::Subject& subject, const Stored& event);

    /// A part of the event for the state, copied where somebody still needs the event.
    template <class Part>
    Part taken(const Part& part) const {
        if (spent_) return std::move(const_cast<Part&>(part));
        return part;
    }

    World& world_;
    const Circumstances& recorded_;
    bool spent_;
};

/// Adds a position to positions in order, once.
void add_sorted(std::vector<Position>& positions, Position position);

}  // namespace dutylog::pdca
