#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/effective.hpp"
#include "engine/core/id.hpp"
#include "engine/core/value.hpp"
#include "engine/pdca/events.hpp"

/// What people, machines and the clock ask of the log. A command is an order; it may be refused.
namespace dutylog::pdca {

/// Who, when and on whose behalf: comes with every command.
struct Meta {
    CommandId id;  ///< made by the client
    ActorId actor;
    ActorId on_behalf_of;
    Effective effective;      ///< when it was true or done; may be earlier than now
    std::string late_reason;  ///< why it is entered late
};

struct PublishBundle {
    static constexpr std::string_view name = "publish_bundle";
    Digest bundle;
    std::string label;
    ActorId approver;
};
struct AddSubject {
    static constexpr std::string_view name = "add_subject";
    Reference subject;
    Reference parent;
    Value label;  ///< name; sealed for people
};
/// A fact, or the report that an act happened.
struct RecordFact {
    static constexpr std::string_view name = "record_fact";
    Reference subject;
    std::string fact;
    Value value;
    Position corrects = 0;  ///< an earlier fact this one takes the place of
};
struct VoidRecords {
    static constexpr std::string_view name = "void_records";
    std::vector<Position> positions;
    std::string reason;
};
struct RequestAct {
    static constexpr std::string_view name = "request_act";
    Reference subject;
    std::string act;
    Value value;
};
struct OverrideGate {
    static constexpr std::string_view name = "override_gate";
    Reference subject;
    std::string act;
    Value value;
    std::string reason;
};
/// `cycle` 0 means the oldest cycle in which the step can be done.
struct CompleteStep {
    static constexpr std::string_view name = "complete_step";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    std::string outcome;
    Value form;
    std::vector<std::string> evidence;
};
struct ReturnStep {
    static constexpr std::string_view name = "return_step";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    std::string reason;
};
struct ApproveStep {
    static constexpr std::string_view name = "approve_step";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    std::string role;
};
struct ReassignStep {
    static constexpr std::string_view name = "reassign_step";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    ActorId owner;
    std::string reason;
};
struct PostponeStep {
    static constexpr std::string_view name = "postpone_step";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    CivilDate until;
    ActorId approver;
    std::string reason;
};
struct LeaveOutSteps {
    static constexpr std::string_view name = "leave_out_steps";
    StreamId duty;
    CycleNumber cycle = 0;
    std::vector<std::string> steps;
    ActorId approver;
    std::string reason;
};
struct RaiseFinding {
    static constexpr std::string_view name = "raise_finding";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string finding;
    std::string step;
    std::string severity;
    std::string note;
};
struct VerifyMeasure {
    static constexpr std::string_view name = "verify_measure";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    bool effective = false;
    std::string note;
};
struct CarryMeasure {
    static constexpr std::string_view name = "carry_measure";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string step;
    ActorId approver;
    std::string reason;
};
struct SuspendCycle {
    static constexpr std::string_view name = "suspend_cycle";
    StreamId duty;
    CycleNumber cycle = 0;
    std::string reason;
};
struct ResumeCycle {
    static constexpr std::string_view name = "resume_cycle";
    StreamId duty;
    CycleNumber cycle = 0;
};
struct CancelCycle {
    static constexpr std::string_view name = "cancel_cycle";
    StreamId duty;
    CycleNumber cycle = 0;
    ActorId approver;
    std::string reason;
};
/// Closes a cycle whose parent work is done, carrying open children or measures on.
struct CloseCycle {
    static constexpr std::string_view name = "close_cycle";
    StreamId duty;
    CycleNumber cycle = 0;
    ActorId approver;
    std::string reason;
};
struct MigrateCycle {
    static constexpr std::string_view name = "migrate_cycle";
    StreamId duty;
    CycleNumber cycle = 0;
    ActorId approver;
    std::vector<std::string> moves;
};
struct RecordAssumption {
    static constexpr std::string_view name = "record_assumption";
    std::string definition;
    Reference subject;
    bool forever = false;
    CivilDate until;
    std::string reason;
};
struct RecordDelivery {
    static constexpr std::string_view name = "record_delivery";
    std::string notice;
    std::string person;
    Delivery outcome = Delivery::sent;
    std::string channel;
    std::string detail;
    std::string message{};  ///< the id under which it went out
    Digest content{};       ///< SHA-256 of what was handed to the channel
};
/// A message went out and its receiver's yes means that it has arrived: sent and delivered, two
/// facts with their own times, from one answer. `effective` is when it was handed over.
struct RecordHandover {
    static constexpr std::string_view name = "record_handover";
    std::string notice;
    std::string person;
    std::string channel;
    std::string detail;
    std::string message;
    Digest content{};
    Instant arrived;
};
/// A timer of a duty is due; a generation other than the duty's is a no-op.
struct FireTimer {
    static constexpr std::string_view name = "fire_timer";
    std::string key;
    std::uint64_t generation = 0;
};
struct ReportClockJump {
    static constexpr std::string_view name = "report_clock_jump";
    Instant expected;
    Instant found;
    bool adopted = false;
};
struct DecideClock {
    static constexpr std::string_view name = "decide_clock";
    bool confirmed = false;
    std::string reason;
};

/// Destroys the key of a person, for good.
struct ErasePerson {
    static constexpr std::string_view name = "erase_person";
    Reference subject;
    std::string reason;
};

/// The service says what it refused; nobody else gives this command, nor the next.
struct ReportRefusals {
    static constexpr std::string_view name = "report_refusals";
    std::string token;
    std::string person;
    Instant from;
    Instant until;
    std::uint64_t count = 0;
    std::vector<std::string> operations;
};
struct ReportShown {
    static constexpr std::string_view name = "report_shown";
    std::string token;
    std::string person;
    std::string operation;
    std::vector<std::string> keys;
    std::vector<Position> positions;
};

using Command = std::variant<PublishBundle, AddSubject, RecordFact, VoidRecords, RequestAct,
                             OverrideGate, CompleteStep, ReturnStep, ApproveStep, ReassignStep,
                             PostponeStep, LeaveOutSteps, RaiseFinding, VerifyMeasure, CarryMeasure,
                             SuspendCycle, ResumeCycle, CancelCycle, CloseCycle, MigrateCycle,
                             RecordAssumption, RecordDelivery, FireTimer, ReportClockJump,
                             DecideClock, ErasePerson, ReportRefusals, ReportShown, RecordHandover>;

/// `complete_step`, as in JSON commands and refusals.
std::string_view name_of(const Command& command);

}  // namespace dutylog::pdca
