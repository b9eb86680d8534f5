#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include "engine/log/value_codec.hpp"
#include "engine/pdca/events.hpp"

/// How each event is stored: one field list serves bytes and JSON. The order is part of the format.
namespace dutylog::pdca {

template <class Archive>
void serialize(Archive& archive, BundlePublished& event) {
    archive(cereal::make_nvp("bundle", event.bundle), cereal::make_nvp("label", event.label),
            cereal::make_nvp("approver", event.approver));
}

template <class Archive>
void serialize(Archive& archive, RecordVoided& event) {
    archive(cereal::make_nvp("positions", event.positions),
            cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, CommandRefused& event) {
    archive(cereal::make_nvp("command", event.command), cereal::make_nvp("target", event.target),
            cereal::make_nvp("reason", event.reason), cereal::make_nvp("detail", event.detail),
            cereal::make_nvp("body", event.body));
}

template <class Archive>
void serialize(Archive& archive, SubjectAdded& event) {
    archive(cereal::make_nvp("subject", event.subject), cereal::make_nvp("parent", event.parent),
            cereal::make_nvp("name", event.name));
}

template <class Archive>
void serialize(Archive& archive, FactRecorded& event) {
    archive(cereal::make_nvp("subject", event.subject), cereal::make_nvp("fact", event.fact),
            cereal::make_nvp("fact_type", event.fact_type), cereal::make_nvp("value", event.value));
}

template <class Archive>
void serialize(Archive& archive, PersonErased& event) {
    archive(cereal::make_nvp("subject", event.subject), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, SealedQuestion& event) {
    archive(cereal::make_nvp("question", event.question), cereal::make_nvp("answer", event.answer));
}

template <class Archive>
void serialize(Archive& archive, SealedFieldsAsked& event) {
    archive(cereal::make_nvp("key", event.key), cereal::make_nvp("questions", event.questions));
}

template <class Archive>
void serialize(Archive& archive, GateClosed& event) {
    archive(cereal::make_nvp("definition", event.definition), cereal::make_nvp("gate", event.gate),
            cereal::make_nvp("basis", event.basis), cereal::make_nvp("detail", event.detail),
            cereal::make_nvp("members", event.members));
}

template <class Archive>
void serialize(Archive& archive, ActRefused& event) {
    archive(cereal::make_nvp("subject", event.subject), cereal::make_nvp("act", event.act),
            cereal::make_nvp("value", event.value), cereal::make_nvp("gates", event.gates));
}

template <class Archive>
void serialize(Archive& archive, ActPermitted& event) {
    archive(cereal::make_nvp("subject", event.subject), cereal::make_nvp("act", event.act),
            cereal::make_nvp("value", event.value), cereal::make_nvp("flags", event.flags));
}

template <class Archive>
void serialize(Archive& archive, GateOverridden& event) {
    archive(cereal::make_nvp("subject", event.subject), cereal::make_nvp("act", event.act),
            cereal::make_nvp("value", event.value), cereal::make_nvp("reason", event.reason),
            cereal::make_nvp("gates", event.gates));
}

template <class Archive>
void serialize(Archive& archive, StepCompleted& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("outcome", event.outcome), cereal::make_nvp("form", event.form),
            cereal::make_nvp("evidence", event.evidence),
            cereal::make_nvp("warnings", event.warnings));
}

template <class Archive>
void serialize(Archive& archive, StepReturned& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("reason", event.reason), cereal::make_nvp("again", event.again));
}

template <class Archive>
void serialize(Archive& archive, StepApproved& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("role", event.role));
}

template <class Archive>
void serialize(Archive& archive, StepReassigned& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("owner", event.owner), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, StepPostponed& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("deadline", event.deadline),
            cereal::make_nvp("approver", event.approver), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, StepsLeftOut& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("steps", event.steps),
            cereal::make_nvp("approver", event.approver), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, FindingRaised& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("finding", event.finding),
            cereal::make_nvp("step", event.step), cereal::make_nvp("severity", event.severity),
            cereal::make_nvp("basis", event.basis), cereal::make_nvp("note", event.note));
}

template <class Archive>
void serialize(Archive& archive, MeasureVerified& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("effective", event.effective), cereal::make_nvp("note", event.note));
}

template <class Archive>
void serialize(Archive& archive, MeasureCarried& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("approver", event.approver), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, CycleSuspended& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, CycleResumed& event) {
    archive(cereal::make_nvp("cycle", event.cycle));
}

template <class Archive>
void serialize(Archive& archive, CycleCancelled& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("approver", event.approver),
            cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, CycleMigrated& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("version", event.version),
            cereal::make_nvp("approver", event.approver), cereal::make_nvp("moves", event.moves));
}

template <class Archive>
void serialize(Archive& archive, AssumptionRecorded& event) {
    archive(cereal::make_nvp("definition", event.definition),
            cereal::make_nvp("subject", event.subject), cereal::make_nvp("forever", event.forever),
            cereal::make_nvp("until", event.until), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, DeliveryRecorded& event) {
    archive(cereal::make_nvp("notice", event.notice), cereal::make_nvp("person", event.person),
            cereal::make_nvp("outcome", event.outcome), cereal::make_nvp("channel", event.channel),
            cereal::make_nvp("detail", event.detail), cereal::make_nvp("message", event.message),
            cereal::make_nvp("content", event.content));
}
template <class Archive>
void serialize(Archive& archive, DeliveryRecordedV1& event) {
    archive(cereal::make_nvp("notice", event.notice), cereal::make_nvp("person", event.person),
            cereal::make_nvp("outcome", event.outcome), cereal::make_nvp("channel", event.channel),
            cereal::make_nvp("detail", event.detail));
}

template <class Archive>
void serialize(Archive& archive, ClockJumped& event) {
    archive(cereal::make_nvp("expected", event.expected), cereal::make_nvp("found", event.found),
            cereal::make_nvp("adopted", event.adopted));
}

template <class Archive>
void serialize(Archive& archive, ClockDecided& event) {
    archive(cereal::make_nvp("confirmed", event.confirmed),
            cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, AccessRefused& event) {
    archive(cereal::make_nvp("token", event.token), cereal::make_nvp("person", event.person),
            cereal::make_nvp("from", event.from), cereal::make_nvp("until", event.until),
            cereal::make_nvp("count", event.count),
            cereal::make_nvp("operations", event.operations));
}

template <class Archive>
void serialize(Archive& archive, SealedFieldsShown& event) {
    archive(cereal::make_nvp("token", event.token), cereal::make_nvp("person", event.person),
            cereal::make_nvp("operation", event.operation), cereal::make_nvp("keys", event.keys),
            cereal::make_nvp("positions", event.positions));
}

template <class Archive>
void serialize(Archive& archive, DutyOpened& event) {
    archive(cereal::make_nvp("definition", event.definition),
            cereal::make_nvp("version", event.version), cereal::make_nvp("subject", event.subject),
            cereal::make_nvp("system", event.system), cereal::make_nvp("level", event.level),
            cereal::make_nvp("tracked", event.tracked));
}

template <class Archive>
void serialize(Archive& archive, DefinitionDayCame& event) {
    archive(cereal::make_nvp("definition", event.definition), cereal::make_nvp("day", event.day),
            cereal::make_nvp("begins", event.begins));
}

template <class Archive>
void serialize(Archive& archive, HealthChanged& event) {
    archive(cereal::make_nvp("before", event.before), cereal::make_nvp("health", event.health),
            cereal::make_nvp("overdue", event.overdue),
            cereal::make_nvp("findings", event.findings), cereal::make_nvp("vacant", event.vacant));
}

template <class Archive>
void serialize(Archive& archive, DutyEnded& event) {
    archive(cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, CycleScheduled& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("occasion", event.occasion),
            cereal::make_nvp("version", event.version),
            cereal::make_nvp("deadline", event.deadline), cereal::make_nvp("ran_by", event.ran_by));
}

template <class Archive>
void serialize(Archive& archive, OccasionJoined& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("occasion", event.occasion),
            cereal::make_nvp("corrects", event.corrects));
}

template <class Archive>
void serialize(Archive& archive, DeadlineMoved& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("before", event.before), cereal::make_nvp("deadline", event.deadline));
}

template <class Archive>
void serialize(Archive& archive, CycleOpened& event) {
    archive(cereal::make_nvp("cycle", event.cycle));
}

template <class Archive>
void serialize(Archive& archive, PhaseEntered& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("phase", event.phase),
            cereal::make_nvp("left_out", event.left_out), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, StepOpened& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("owner", event.owner), cereal::make_nvp("role", event.role),
            cereal::make_nvp("vacant", event.vacant), cereal::make_nvp("deadline", event.deadline));
}

template <class Archive>
void serialize(Archive& archive, StepSatisfied& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("fact", event.fact), cereal::make_nvp("at", event.at),
            cereal::make_nvp("on", event.on), cereal::make_nvp("by", event.by));
}

template <class Archive>
void serialize(Archive& archive, DeadlineMet& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("at", event.at),
            cereal::make_nvp("on", event.on), cereal::make_nvp("assumed", event.assumed),
            cereal::make_nvp("days_late", event.days_late),
            cereal::make_nvp("working_days_late", event.working_days_late));
}

template <class Archive>
void serialize(Archive& archive, DeadlineMissed& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("breach", event.breach), cereal::make_nvp("due", event.due),
            cereal::make_nvp("due_on", event.due_on), cereal::make_nvp("tracked", event.tracked),
            cereal::make_nvp("basis", event.basis));
}

template <class Archive>
void serialize(Archive& archive, GateBreached& event) {
    archive(cereal::make_nvp("definition", event.definition), cereal::make_nvp("gate", event.gate),
            cereal::make_nvp("act", event.act),
            cereal::make_nvp("act_position", event.act_position),
            cereal::make_nvp("due", event.due), cereal::make_nvp("due_on", event.due_on),
            cereal::make_nvp("basis", event.basis), cereal::make_nvp("detail", event.detail),
            cereal::make_nvp("overridden", event.overridden));
}

template <class Archive>
void serialize(Archive& archive, OwnerMissing& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("role", event.role), cereal::make_nvp("stands_in", event.stands_in));
}

template <class Archive>
void serialize(Archive& archive, OwnerFound& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("owner", event.owner));
}

template <class Archive>
void serialize(Archive& archive, CycleClosed& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("carried", event.carried),
            cereal::make_nvp("approver", event.approver), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, StepReopened& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("voided", event.voided));
}

template <class Archive>
void serialize(Archive& archive, CompletionWithdrawn& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("voided", event.voided),
            cereal::make_nvp("instead", event.instead), cereal::make_nvp("on", event.on));
}

template <class Archive>
void serialize(Archive& archive, Recipient& event) {
    archive(cereal::make_nvp("person", event.person), cereal::make_nvp("role", event.role));
}

template <class Archive>
void serialize(Archive& archive, NoticePlanned& event) {
    archive(cereal::make_nvp("notice", event.notice), cereal::make_nvp("kind", event.kind),
            cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("rung", event.rung), cereal::make_nvp("due", event.due),
            cereal::make_nvp("to", event.to), cereal::make_nvp("subject_line", event.subject_line));
}

template <class Archive>
void serialize(Archive& archive, NoticesSkipped& event) {
    archive(cereal::make_nvp("cycle", event.cycle), cereal::make_nvp("step", event.step),
            cereal::make_nvp("rungs", event.rungs), cereal::make_nvp("reason", event.reason));
}

template <class Archive>
void serialize(Archive& archive, SignalRaised& event) {
    archive(cereal::make_nvp("pattern", event.pattern), cereal::make_nvp("about", event.about),
            cereal::make_nvp("severity", event.severity),
            cereal::make_nvp("measure", event.measure), cereal::make_nvp("detail", event.detail));
}

}  // namespace dutylog::pdca
