#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engine/pdca/decide.hpp"

namespace dutylog::pdca {

/// What every decision reads; and how its drafts are made.
struct DecideContext {
    const World& world;
    const Meta& meta;
    Instant now;

    const Rules& rules() const { return *world.rules; }
    Draft draft(Event event, const StreamId& stream) const;
    /// A decision with one event from outside, effective when the command says.
    Result<Decision> outside(Event event, const StreamId& stream) const;
    /// Integrity pattern I1: entered more than a day after it is said to have happened, without a
    /// reason.
    void add_late_entry(Decision& decision, const StreamId& stream) const;
};

inline bool has(const std::vector<std::string>& words, const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Required fields are there, all are known, and each has its declared type.
/// @param scope  knows where the value's sealed fields stand
Result<void> check_fields(Scope& scope, const std::vector<definition::FieldSpec>& specs,
                          const Value& value, const std::string& what);

/// Who was asked to sign a step does not do it.
Result<void> check_no_signer(const StepState& step, const ActorId& doer);

// One overload for each command; together they are `decide`.
Result<Decision> on(const DecideContext&, const PublishBundle&);
Result<Decision> on(const DecideContext&, const AddSubject&);
Result<Decision> on(const DecideContext&, const RecordFact&);
Result<Decision> on(const DecideContext&, const VoidRecords&);
Result<Decision> on(const DecideContext&, const RequestAct&);
Result<Decision> on(const DecideContext&, const OverrideGate&);
Result<Decision> on(const DecideContext&, const CompleteStep&);
Result<Decision> on(const DecideContext&, const ReturnStep&);
Result<Decision> on(const DecideContext&, const ApproveStep&);
Result<Decision> on(const DecideContext&, const ReassignStep&);
Result<Decision> on(const DecideContext&, const PostponeStep&);
Result<Decision> on(const DecideContext&, const LeaveOutSteps&);
Result<Decision> on(const DecideContext&, const RaiseFinding&);
Result<Decision> on(const DecideContext&, const VerifyMeasure&);
Result<Decision> on(const DecideContext&, const CarryMeasure&);
Result<Decision> on(const DecideContext&, const SuspendCycle&);
Result<Decision> on(const DecideContext&, const ResumeCycle&);
Result<Decision> on(const DecideContext&, const CancelCycle&);
Result<Decision> on(const DecideContext&, const CloseCycle&);
Result<Decision> on(const DecideContext&, const MigrateCycle&);
Result<Decision> on(const DecideContext&, const RecordAssumption&);
Result<Decision> on(const DecideContext&, const RecordDelivery&);
Result<Decision> on(const DecideContext&, const RecordHandover&);
Result<Decision> on(const DecideContext&, const FireTimer&);
Result<Decision> on(const DecideContext&, const ReportClockJump&);
Result<Decision> on(const DecideContext&, const DecideClock&);
Result<Decision> on(const DecideContext&, const ErasePerson&);
Result<Decision> on(const DecideContext&, const ReportRefusals&);
Result<Decision> on(const DecideContext&, const ReportShown&);
Result<Decision> on(const DecideContext&, const AddComment&);
Result<Decision> on(const DecideContext&, const UrgeStep&);
Result<Decision> on(const DecideContext&, const AddSigner&);
Result<Decision> on(const DecideContext&, const ReleaseSigner&);
Result<Decision> on(const DecideContext&, const AskPostponement&);
Result<Decision> on(const DecideContext&, const DecidePostponement&);
Result<Decision> on(const DecideContext&, const ReportRestore&);
Result<Decision> on(const DecideContext&, const SwitchChannel&);
/// `approve_step` without a role: of somebody who was asked to sign.
Result<Decision> sign(const DecideContext&, const ApproveStep&);

}  // namespace dutylog::pdca
