#include "engine/history/outside.hpp"

#include "engine/pdca/command_codec.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::history {

namespace {

using namespace pdca;  // NOLINT: every command and event is named here

/// One overload for each event that can come from outside; the rest were derived.
struct Back {
    const log::Envelope& envelope;

    std::optional<Command> operator()(const BundlePublished& e) {
        return PublishBundle{e.bundle, e.label, e.approver};
    }
    std::optional<Command> operator()(const RecordVoided& e) {
        return VoidRecords{e.positions, e.reason};
    }
    std::optional<Command> operator()(const CommandRefused& e) { return decode_command(e.body); }
    std::optional<Command> operator()(const SubjectAdded& e) {
        return AddSubject{e.subject, e.parent, e.name};
    }
    std::optional<Command> operator()(const FactRecorded& e) {
        return RecordFact{e.subject, e.fact, e.value, envelope.corrects};
    }
    std::optional<Command> operator()(const ActRefused& e) {
        return RequestAct{e.subject, e.act, e.value};
    }
    std::optional<Command> operator()(const ActPermitted& e) {
        return RequestAct{e.subject, e.act, e.value};
    }
    std::optional<Command> operator()(const GateOverridden& e) {
        return OverrideGate{e.subject, e.act, e.value, e.reason};
    }
    std::optional<Command> operator()(const StepCompleted& e) {
        return CompleteStep{envelope.stream, e.cycle, e.step, e.outcome, e.form, e.evidence};
    }
    std::optional<Command> operator()(const StepReturned& e) {
        return ReturnStep{envelope.stream, e.cycle, e.step, e.reason};
    }
    std::optional<Command> operator()(const StepApproved& e) {
        return ApproveStep{envelope.stream, e.cycle, e.step, e.role};
    }
    std::optional<Command> operator()(const StepReassigned& e) {
        return ReassignStep{envelope.stream, e.cycle, e.step, e.owner, e.reason};
    }
    std::optional<Command> operator()(const StepPostponed& e) {
        return PostponeStep{envelope.stream,         e.cycle,    e.step,
                            e.deadline.rule.nominal, e.approver, e.reason};
    }
    std::optional<Command> operator()(const StepsLeftOut& e) {
        return LeaveOutSteps{envelope.stream, e.cycle, e.steps, e.approver, e.reason};
    }
    std::optional<Command> operator()(const FindingRaised& e) {
        return RaiseFinding{envelope.stream, e.cycle, e.finding, e.step, e.severity, e.note};
    }
    std::optional<Command> operator()(const MeasureVerified& e) {
        return VerifyMeasure{envelope.stream, e.cycle, e.step, e.effective, e.note};
    }
    std::optional<Command> operator()(const MeasureCarried& e) {
        return CarryMeasure{envelope.stream, e.cycle, e.step, e.approver, e.reason};
    }
    std::optional<Command> operator()(const CycleSuspended& e) {
        return SuspendCycle{envelope.stream, e.cycle, e.reason};
    }
    std::optional<Command> operator()(const CycleResumed& e) {
        return ResumeCycle{envelope.stream, e.cycle};
    }
    std::optional<Command> operator()(const CycleCancelled& e) {
        return CancelCycle{envelope.stream, e.cycle, e.approver, e.reason};
    }
    std::optional<Command> operator()(const CycleClosed& e) {
        return CloseCycle{envelope.stream, e.cycle, e.approver, e.reason};
    }
    std::optional<Command> operator()(const CycleMigrated& e) {
        return MigrateCycle{envelope.stream, e.cycle, e.approver, e.moves};
    }
    std::optional<Command> operator()(const AssumptionRecorded& e) {
        return RecordAssumption{e.definition, e.subject, e.forever, e.until, e.reason};
    }
    std::optional<Command> operator()(const DeliveryRecorded& e) {
        return RecordDelivery{e.notice, e.person,  e.outcome, e.channel,
                              e.detail, e.message, e.content};
    }
    std::optional<Command> operator()(const PersonErased& e) {
        return ErasePerson{e.subject, e.reason};
    }
    std::optional<Command> operator()(const ClockJumped& e) {
        return ReportClockJump{e.expected, e.found, e.adopted};
    }
    std::optional<Command> operator()(const ClockDecided& e) {
        return DecideClock{e.confirmed, e.reason};
    }
    std::optional<Command> operator()(const AccessRefused& e) {
        return ReportRefusals{e.token, e.person, e.from, e.until, e.count, e.operations};
    }
    std::optional<Command> operator()(const SealedFieldsShown& e) {
        return ReportShown{e.token, e.person, e.operation, e.keys, e.positions};
    }
    std::optional<Command> operator()(const CommentAdded& e) {
        return AddComment{envelope.stream, e.cycle, e.step, e.text};
    }
    std::optional<Command> operator()(const StepUrged& e) {
        return UrgeStep{envelope.stream, e.cycle, e.step, e.note};
    }
    std::optional<Command> operator()(const SignerAdded& e) {
        return AddSigner{envelope.stream, e.cycle, e.step, e.signer, e.reason};
    }
    std::optional<Command> operator()(const SignerReleased& e) {
        return ReleaseSigner{envelope.stream, e.cycle, e.step, e.signer, e.reason};
    }
    std::optional<Command> operator()(const PostponementAsked& e) {
        return AskPostponement{envelope.stream, e.cycle, e.step, e.until, e.approver, e.reason};
    }
    std::optional<Command> operator()(const PostponementDecided& e) {
        return DecidePostponement{envelope.stream, e.cycle, e.step, e.granted, e.reason};
    }
    std::optional<Command> operator()(const LogRestored& e) {
        return ReportRestore{e.events, e.root,         e.epoch_before,
                             e.epoch,  e.known_events, e.known_root};
    }
    std::optional<Command> operator()(const ChannelSwitched& e) {
        return SwitchChannel{e.channel, e.on, e.state, e.reason};
    }
    std::optional<Command> operator()(const auto&) { return std::nullopt; }
};

}  // namespace

std::optional<OutsideAct> outside_act(const log::StoredEvent& stored) {
    const log::Envelope& envelope = stored.envelope;
    if (envelope.origin != log::Origin::outside) return std::nullopt;
    const Event event = EventCodec::decode(envelope.type, envelope.schema, stored.payload);
    auto command = std::visit(Back{envelope}, event);
    if (!command) return std::nullopt;
    return OutsideAct{envelope.position,
                      envelope.recorded,
                      std::move(*command),
                      {envelope.command, envelope.actor, envelope.on_behalf_of, envelope.effective,
                       envelope.late_reason}};
}

bool complete(std::vector<OutsideAct>& acts, const log::StoredEvent& stored) {
    const log::Envelope& envelope = stored.envelope;
    const bool second = envelope.origin == log::Origin::outside && envelope.cause != 0;
    if (!second || acts.empty() || acts.back().position != envelope.cause) return false;
    const auto* sent = std::get_if<RecordDelivery>(&acts.back().command);
    if (sent == nullptr) return false;
    acts.back().command =
        RecordHandover{sent->notice,  sent->person,  sent->channel,        sent->detail,
                       sent->message, sent->content, envelope.effective.at};
    return true;
}

void add_answers(SealedAnswers& answers, const log::StoredEvent& stored) {
    const log::Envelope& envelope = stored.envelope;
    if (envelope.type != SealedFieldsAsked::type) return;
    const Event event = EventCodec::decode(envelope.type, envelope.schema, stored.payload);
    for (const SealedQuestion& asked : std::get<SealedFieldsAsked>(event).questions)
        answers[asked.question] = asked.answer;
}

OutsideHistory outside_history(log::EventStore& store, std::optional<Instant> known_at) {
    OutsideHistory history;
    store.scan(1, [&](const log::StoredEvent& stored) {
        if (known_at && stored.envelope.recorded > *known_at) return false;
        if (complete(history.acts, stored)) return true;
        if (auto act = outside_act(stored)) history.acts.push_back(std::move(*act));
        const log::Envelope& envelope = stored.envelope;
        add_answers(history.answers, stored);
        if (envelope.origin == log::Origin::derived && envelope.cause == 0)
            history.firings.push_back({envelope.position, envelope.recorded, envelope.stream});
        return true;
    });
    return history;
}

}  // namespace dutylog::history
