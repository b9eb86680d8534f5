#pragma once

#include "adapters/cli/command_fields_program.hpp"
#include "adapters/cli/command_fields_requests.hpp"
#include "engine/pdca/commands.hpp"

/// The JSON form of every command: one list of its keys serves reading, writing and the schema
/// (docs/cli.md). `Fields` has a function for each kind of key. What people ask of each other, and
/// what programs say, stands in the files beside it.
namespace dutylog::cli {

using namespace pdca;  // NOLINT: every command is named here

template <class Fields>
void list_fields(Fields& f, PublishBundle& c) {
    f.digest("bundle", c.bundle, Need::required);
    f.text("label", c.label, Need::optional);
    f.person("approver", c.approver, Need::optional);
}
template <class Fields>
void list_fields(Fields& f, AddSubject& c) {
    f.new_subject("subject", c.subject, "in", c.parent);
    f.name("name", c.label);
}
template <class Fields>
void list_fields(Fields& f, RecordFact& c) {
    f.fact("fact", c.fact, "of", c.subject, "value", c.value);
    f.position("corrects", c.corrects, Need::optional);
}
template <class Fields>
void list_fields(Fields& f, VoidRecords& c) {
    f.positions("positions", c.positions);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, RequestAct& c) {
    f.fact("act", c.act, "of", c.subject, "value", c.value);
}
template <class Fields>
void list_fields(Fields& f, OverrideGate& c) {
    f.fact("act", c.act, "of", c.subject, "value", c.value);
    f.text("reason", c.reason, Need::required);
}

template <class Fields>
void list_fields(Fields& f, CompleteStep& c) {
    list_target(f, c);
    f.text("step", c.step, Need::required);
    f.text("outcome", c.outcome, Need::optional);
    f.form("form", c.duty, c.step, c.form);
    f.texts("evidence", c.evidence, Need::optional);
}
template <class Fields>
void list_fields(Fields& f, ReturnStep& c) {
    list_target(f, c);
    f.text("step", c.step, Need::required);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, ApproveStep& c) {
    list_target(f, c);
    f.text("step", c.step, Need::required);
    f.text("role", c.role, Need::optional);
}
template <class Fields>
void list_fields(Fields& f, ReassignStep& c) {
    list_target(f, c);
    f.text("step", c.step, Need::required);
    f.person("owner", c.owner, Need::required);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, PostponeStep& c) {
    list_target(f, c);
    f.text("step", c.step, Need::required);
    f.date("until", c.until, Need::required);
    f.person("approver", c.approver, Need::required);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, LeaveOutSteps& c) {
    list_target(f, c);
    f.texts("steps", c.steps, Need::required);
    f.person("approver", c.approver, Need::required);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, RaiseFinding& c) {
    list_target(f, c);
    f.text("finding", c.finding, Need::required);
    f.text("step", c.step, Need::optional);
    f.text("severity", c.severity, Need::optional);
    f.text("note", c.note, Need::optional);
}
template <class Fields>
void list_fields(Fields& f, VerifyMeasure& c) {
    list_target(f, c);
    f.text("step", c.step, Need::required);
    f.truth("effective", c.effective, Need::required);
    f.text("note", c.note, Need::optional);
}
template <class Fields>
void list_fields(Fields& f, CarryMeasure& c) {
    list_target(f, c);
    f.text("step", c.step, Need::required);
    f.person("approver", c.approver, Need::required);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, SuspendCycle& c) {
    list_target(f, c);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, ResumeCycle& c) {
    list_target(f, c);
}
template <class Fields>
void list_fields(Fields& f, CancelCycle& c) {
    list_target(f, c);
    f.person("approver", c.approver, Need::required);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, CloseCycle& c) {
    list_target(f, c);
    f.person("approver", c.approver, Need::required);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, MigrateCycle& c) {
    list_target(f, c);
    f.person("approver", c.approver, Need::required);
    f.texts("moves", c.moves, Need::optional);
}
template <class Fields>
void list_fields(Fields& f, RecordAssumption& c) {
    f.text("definition", c.definition, Need::required);
    f.subject("of", c.subject, Need::optional);
    f.truth("forever", c.forever, Need::optional);
    f.date("until", c.until, Need::optional);
    f.text("reason", c.reason, Need::required);
}
template <class Fields>
void list_fields(Fields& f, ErasePerson& c) {
    f.subject("subject", c.subject, Need::required);
    f.text("reason", c.reason, Need::required);
}

}  // namespace dutylog::cli
