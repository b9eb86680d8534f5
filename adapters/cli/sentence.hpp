#pragma once

#include <string>
#include <vector>

#include "adapters/cli/narrator.hpp"

namespace dutylog::cli {

using namespace pdca;  // NOLINT: every event is named here, and in the files named below

/// One sentence for each event: an overload for each type. What each says stands in
/// `sentences_record.cpp`, `sentences_work.cpp`, `sentences_cycles.cpp` and
/// `sentences_notices.cpp`; what they share in `sentences.cpp`.
class Sentence {
public:
    Sentence(const Narrator& tell, const log::Envelope& envelope)
        : tell_{tell}, envelope_{envelope} {}

    // The log itself, subjects, facts and gates.
    Told operator()(const BundlePublished&) const;
    Told operator()(const RecordVoided&) const;
    Told operator()(const CommandRefused&) const;
    Told operator()(const AssumptionRecorded&) const;
    Told operator()(const ClockJumped&) const;
    Told operator()(const ClockDecided&) const;
    Told operator()(const LogRestored&) const;
    Told operator()(const SealedFieldsAsked&) const;
    Told operator()(const AccessRefused&) const;
    Told operator()(const SealedFieldsShown&) const;
    Told operator()(const PersonErased&) const;
    Told operator()(const SubjectAdded&) const;
    Told operator()(const FactRecorded&) const;
    Told operator()(const ActRefused&) const;
    Told operator()(const ActPermitted&) const;
    Told operator()(const GateOverridden&) const;
    Told operator()(const GateBreached&) const;

    // Work on duties, as people enter it.
    Told operator()(const StepCompleted&) const;
    Told operator()(const StepReturned&) const;
    Told operator()(const StepApproved&) const;
    Told operator()(const StepReassigned&) const;
    Told operator()(const StepPostponed&) const;
    Told operator()(const StepsLeftOut&) const;
    Told operator()(const FindingRaised&) const;
    Told operator()(const MeasureVerified&) const;
    Told operator()(const MeasureCarried&) const;
    Told operator()(const CycleSuspended&) const;
    Told operator()(const CycleResumed&) const;
    Told operator()(const CycleCancelled&) const;
    Told operator()(const CycleMigrated&) const;

    // What people ask of each other: `sentences_requests.cpp`.
    Told operator()(const CommentAdded&) const;
    Told operator()(const StepUrged&) const;
    Told operator()(const SignerAdded&) const;
    Told operator()(const SignerReleased&) const;
    Told operator()(const PostponementAsked&) const;
    Told operator()(const PostponementDecided&) const;

    // What follows for duties, their cycles and steps.
    Told operator()(const DutyOpened&) const;
    Told operator()(const DefinitionDayCame&) const;
    Told operator()(const HealthChanged&) const;
    Told operator()(const DutyEnded&) const;
    Told operator()(const CycleScheduled&) const;
    Told operator()(const OccasionJoined&) const;
    Told operator()(const DeadlineMoved&) const;
    Told operator()(const CycleOpened&) const;
    Told operator()(const PhaseEntered&) const;
    Told operator()(const StepOpened&) const;
    Told operator()(const StepSatisfied&) const;
    Told operator()(const DeadlineMet&) const;
    Told operator()(const DeadlineMissed&) const;
    Told operator()(const OwnerMissing&) const;
    Told operator()(const OwnerFound&) const;
    Told operator()(const CycleClosed&) const;
    Told operator()(const CompletionWithdrawn&) const;
    Told operator()(const StepReopened&) const;

    // Telling people, and signals.
    Told operator()(const NoticePlanned&) const;
    Told operator()(const NoticesSkipped&) const;
    Told operator()(const DeliveryRecorded&) const;
    Told operator()(const ChannelSwitched&) const;
    Told operator()(const SignalRaised&) const;

private:
    Told headline(std::string text, Tone tone = Tone::plain, std::string mark = "") const;
    Told follows(std::string text, Tone tone = Tone::plain, std::string mark = "→") const;
    Told detail(std::string text) const;
    /// The duty whose stream it is; nothing for the streams of subjects and of the log.
    std::string duty() const;
    std::string step(const std::string& id) const;
    std::string because(const std::string& reason) const;
    std::string approved_by(const ActorId& approver) const;
    /// What is written of a duty's own definition: for the basis of its breaches.
    std::string basis(const std::string& obligation) const;
    std::string gates(const std::vector<GateClosed>& closed) const;
    std::string about(const std::string& fact, const Reference& subject, const Value& value) const;
    /// What the library calls the kind of a subject.
    std::string kind(const Reference& subject) const;
    std::string steps(const std::vector<std::string>& ids) const;
    std::string finding(const std::string& id) const;
    std::string kind_of(Breach breach) const;
    std::string kind_of(NoticeKind kind) const;

    const Narrator& tell_;
    const log::Envelope& envelope_;
};

}  // namespace dutylog::cli
