#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/core/id.hpp"
#include "engine/core/value.hpp"
#include "engine/log/envelope.hpp"
#include "engine/pdca/deadline.hpp"

/// Everything that can be on the record. A stored shape is frozen: a change of meaning or of fields
/// is a new struct with the next `schema` and an upcast from the old one
/// (docs/how-to/add-an-event.md).
namespace dutylog::pdca {

using log::Position;
using CycleNumber = std::uint32_t;  ///< 1, 2, … within one duty

// ---- from outside: the log's own ----------------------------------------------------------

/// A set of definitions, tables and calendars came into force.
struct BundlePublished {
    static constexpr std::string_view type = "log.bundle_published";
    static constexpr std::uint16_t schema = 1;
    Digest bundle;  ///< SHA-256 of the manifest, a blob of the log
    std::string label;
    ActorId approver;  ///< a second person; empty for the first bundle of a log
};

/// An earlier record is withdrawn. It stays visible; what rested on it is judged anew.
struct RecordVoided {
    static constexpr std::string_view type = "log.record_voided";
    static constexpr std::uint16_t schema = 1;
    std::vector<Position> positions;
    std::string reason;
};

/// A command was refused by a rule. Nothing else happened.
struct CommandRefused {
    static constexpr std::string_view type = "log.command_refused";
    static constexpr std::uint16_t schema = 1;
    std::string command;  ///< its name, e.g. `complete_step`
    std::string target;   ///< the stream it was meant for
    std::string reason;
    std::string detail;
    Bytes body;  ///< the command itself, so that the refusal can be replayed
};

// ---- from outside: subjects and facts ------------------------------------------------------

struct SubjectAdded {
    static constexpr std::string_view type = "registry.subject_added";
    static constexpr std::uint16_t schema = 1;
    Reference subject;
    Reference parent;  ///< empty for the employer
    Value name;        ///< sealed for people
};

/// A dated statement about a subject. The envelope says when it was true and what it corrects.
struct FactRecorded {
    static constexpr std::string_view type = "registry.fact_recorded";
    static constexpr std::uint16_t schema = 1;
    Reference subject;
    std::string fact;
    Digest fact_type;  ///< hash of the fact type's declaration
    Value value;       ///< a record
};

/// The key of a person is destroyed: what was sealed with it cannot be read again, by anyone. All
/// else on the record stays.
struct PersonErased {
    static constexpr std::string_view type = "registry.person_erased";
    static constexpr std::uint16_t schema = 1;
    Reference subject;
    std::string reason;
};

// ---- from outside: gates -------------------------------------------------------------------

/// One gate that was closed to an act.
struct GateClosed {
    std::string definition;
    std::string gate;
    std::string basis;
    std::string detail;  ///< the gate's sentence, with the members that close it
    std::vector<std::string> members;
};

/// Someone asked to act and may not. Durable, with no other effect.
struct ActRefused {
    static constexpr std::string_view type = "gate.act_refused";
    static constexpr std::uint16_t schema = 1;
    Reference subject;
    std::string act;
    Value value;
    std::vector<GateClosed> gates;
};

/// Someone asked to act and may; `flags` are told to the roles the gate names.
struct ActPermitted {
    static constexpr std::string_view type = "gate.act_permitted";
    static constexpr std::uint16_t schema = 1;
    Reference subject;
    std::string act;
    Value value;
    std::vector<GateClosed> flags;
};

/// Someone let an act pass a closed gate, by name and with a reason. The breach stays visible.
struct GateOverridden {
    static constexpr std::string_view type = "gate.overridden";
    static constexpr std::uint16_t schema = 1;
    Reference subject;
    std::string act;
    Value value;
    std::string reason;
    std::vector<GateClosed> gates;
};

// ---- from outside: work on duties ----------------------------------------------------------

struct StepCompleted {
    static constexpr std::string_view type = "pdca.step_completed";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    std::string outcome;
    Value form;
    std::vector<std::string> evidence;  ///< `name=sha256` of each piece
    std::vector<std::string> warnings;  ///< `should` rules that did not hold
};

/// The checker or approver sends the step back to be done again.
struct StepReturned {
    static constexpr std::string_view type = "pdca.step_returned";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;  ///< the step that is open again
    std::string reason;
    std::vector<std::string> again;  ///< steps after it that will have to be done again
};

struct StepApproved {
    static constexpr std::string_view type = "pdca.step_approved";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    std::string role;
};

struct StepReassigned {
    static constexpr std::string_view type = "pdca.step_reassigned";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    ActorId owner;
    std::string reason;
};

/// The owner gets longer for a step of their own; never past a deadline the law fixes.
struct StepPostponed {
    static constexpr std::string_view type = "pdca.step_postponed";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    Deadline deadline;
    ActorId approver;
    std::string reason;
};

/// Required steps are left out by a recorded decision of a named person.
struct StepsLeftOut {
    static constexpr std::string_view type = "pdca.steps_left_out";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::vector<std::string> steps;
    ActorId approver;
    std::string reason;
};

/// What a check found wrong; from outside when a person says it, derived when a rule does.
struct FindingRaised {
    static constexpr std::string_view type = "pdca.finding_raised";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string finding;
    std::string step;
    std::string severity;
    std::string basis;
    std::string note;
};

struct MeasureVerified {
    static constexpr std::string_view type = "pdca.measure_verified";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    bool effective = false;
    std::string note;
};

struct MeasureCarried {
    static constexpr std::string_view type = "pdca.measure_carried";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    ActorId approver;
    std::string reason;
};

struct CycleSuspended {
    static constexpr std::string_view type = "pdca.cycle_suspended";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string reason;
};

struct CycleResumed {
    static constexpr std::string_view type = "pdca.cycle_resumed";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
};

struct CycleCancelled {
    static constexpr std::string_view type = "pdca.cycle_cancelled";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    ActorId approver;  ///< empty when derived
    std::string reason;
};

/// A running cycle goes on under another version of its definition.
struct CycleMigrated {
    static constexpr std::string_view type = "pdca.cycle_migrated";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    Digest version;
    ActorId approver;
    std::vector<std::string> moves;  ///< `old.step=new.step`
};

/// Deadlines up to a day count as met, because the log does not reach back that far.
struct AssumptionRecorded {
    static constexpr std::string_view type = "pdca.assumption_recorded";
    static constexpr std::uint16_t schema = 1;
    std::string definition;  ///< `*`: every one without an assumption of its own
    Reference subject;       ///< empty: every one
    bool forever = false;
    CivilDate until;  ///< last due date it covers
    std::string reason;
};

// ---- from outside: notices -----------------------------------------------------------------

enum class Delivery : std::uint8_t { sent, delivered, read, acknowledged, failed, skipped };
constexpr Delivery last_of(Delivery) { return Delivery::skipped; }

/// What became of a notice to one person: each a fact of the duty's own stream.
struct DeliveryRecorded {
    static constexpr std::string_view type = "notice.delivery_recorded";
    static constexpr std::uint16_t schema = 1;
    std::string notice;
    std::string person;
    Delivery outcome = Delivery::sent;
    std::string channel;
    std::string detail;
};

// ---- from outside: time --------------------------------------------------------------------

/// The wall clock jumped; whether it was adopted is decided by the limit or by a named person.
struct ClockJumped {
    static constexpr std::string_view type = "runtime.clock_jumped";
    static constexpr std::uint16_t schema = 1;
    Instant expected;
    Instant found;
    bool adopted = false;
};

struct ClockDecided {
    static constexpr std::string_view type = "runtime.clock_decided";
    static constexpr std::uint16_t schema = 1;
    bool confirmed = false;
    std::string reason;
};

// ---- derived -------------------------------------------------------------------------------

/// The day came on which a definition begins or ceases to hold: it is looked at for every subject.
struct DefinitionDayCame {
    static constexpr std::string_view type = "pdca.definition_day_came";
    static constexpr std::uint16_t schema = 1;
    std::string definition;
    CivilDate day;
    bool begins = true;
};

enum class Level : std::uint8_t { duty, system, programme };
constexpr Level last_of(Level) { return Level::programme; }

struct DutyOpened {
    static constexpr std::string_view type = "pdca.duty_opened";
    static constexpr std::uint16_t schema = 1;
    std::string definition;
    Digest version;
    Reference subject;
    std::string system;  ///< the responsibility system it belongs to; may be empty
    Level level = Level::duty;
    bool tracked = false;  ///< owed by someone outside
};

/// The duty does not apply any more; its open cycles are cancelled.
struct DutyEnded {
    static constexpr std::string_view type = "pdca.duty_ended";
    static constexpr std::uint16_t schema = 1;
    std::string reason;
};

/// The step of another duty that started a cycle by `run:`. Its opening stands for the fact that
/// would have opened the cycle.
struct RanBy {
    StreamId duty;  ///< empty: no step did
    CycleNumber cycle = 0;
    std::string step;
    Instant at;  ///< when the step opened
    CivilDate on;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(duty, cycle, step, at, on);
    }
};

/// A cycle exists and its deadline is known; it opens later, or at once.
struct CycleScheduled {
    static constexpr std::string_view type = "pdca.cycle_scheduled";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    Position occasion = 0;  ///< the fact that opened it, or the step; 0 for repeated cycles
    Digest version;         ///< of the definition the cycle is pinned to
    Deadline deadline;
    RanBy ran_by;
};

/// Another fact that would have opened a cycle joined this one.
struct OccasionJoined {
    static constexpr std::string_view type = "pdca.occasion_joined";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    Position occasion = 0;
    Position corrects = 0;  ///< the occasion whose place it takes; 0: it joins those there are
};

struct DeadlineMoved {
    static constexpr std::string_view type = "pdca.deadline_moved";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;  ///< empty: of the cycle
    Deadline before;
    Deadline deadline;
};

struct CycleOpened {
    static constexpr std::string_view type = "pdca.cycle_opened";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
};

struct PhaseEntered {
    static constexpr std::string_view type = "pdca.phase_entered";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::uint8_t phase = 0;             ///< 0 plan, 1 do, 2 check, 3 act
    std::vector<std::string> left_out;  ///< steps passed over
    std::string reason;                 ///< why they were
};

struct StepOpened {
    static constexpr std::string_view type = "pdca.step_opened";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    ActorId owner;
    std::string role;
    bool vacant = false;  ///< nobody holds the role: the owner is the principal person in charge
    Deadline deadline;    ///< kind none: due with the cycle
};

/// A recorded fact completes a step.
struct StepSatisfied {
    static constexpr std::string_view type = "pdca.step_satisfied";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    Position fact = 0;
    Instant at;  ///< when the fact was true
    CivilDate on;
    ActorId by;
};

struct DeadlineMet {
    static constexpr std::string_view type = "pdca.deadline_met";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    Instant at;
    CivilDate on;
    bool assumed = false;  ///< counted as met by a recorded assumption
    std::int32_t days_late = 0;
    std::int32_t working_days_late = 0;
};

enum class Breach : std::uint8_t {
    overdue,       ///< the deadline passed
    act_first,     ///< the act was reported before what had to come before it
    contradicted,  ///< a recorded act contradicts an at-once duty
    rejudged       ///< what had met it was voided
};
constexpr Breach last_of(Breach) { return Breach::rejudged; }

/// A deadline was not kept. Doing the work late ends the breach; it does not undo it.
struct DeadlineMissed {
    static constexpr std::string_view type = "pdca.deadline_missed";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;  ///< empty: the cycle's own deadline
    Breach breach = Breach::overdue;
    Instant due;  ///< the moment it was due: breaches are ordered by it
    CivilDate due_on;
    bool tracked = false;  ///< owed by someone outside: no breach of the employer
    std::string basis;
};

struct GateBreached {
    static constexpr std::string_view type = "gate.breached";
    static constexpr std::uint16_t schema = 1;
    std::string definition;
    std::string gate;
    std::string act;
    Position act_position = 0;
    Instant due;  ///< the moment of the act
    CivilDate due_on;
    std::string basis;
    std::string detail;
    bool overridden = false;
};

/// Nobody holds the role an open step needs. It is itself overdue after one working day.
struct OwnerMissing {
    static constexpr std::string_view type = "pdca.owner_missing";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    std::string role;
    ActorId stands_in;
};

struct OwnerFound {
    static constexpr std::string_view type = "pdca.owner_found";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    ActorId owner;
};

struct CycleClosed {
    static constexpr std::string_view type = "pdca.cycle_closed";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::vector<std::string> carried;  ///< measures and open children carried into the next plan
    ActorId approver;                  ///< of a closing by command; empty when derived
    std::string reason;
};

/// How a system or the programme stands, by its children.
enum class Health : std::uint8_t {
    sound,
    strained,  ///< something was found and is not put right, or nobody holds a role
    failing    ///< something is overdue
};
constexpr Health last_of(Health) { return Health::failing; }

/// The children of a system or of the programme changed how it stands.
struct HealthChanged {
    static constexpr std::string_view type = "pdca.health_changed";
    static constexpr std::uint16_t schema = 1;
    Health before = Health::sound;
    Health health = Health::sound;
    std::int64_t overdue = 0;   ///< children with something overdue
    std::int64_t findings = 0;  ///< open findings of children
    std::int64_t vacant = 0;    ///< open steps whose role nobody holds
};

/// A step is open again because what completed it was voided.
struct StepReopened {
    static constexpr std::string_view type = "pdca.step_reopened";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    Position voided = 0;
};

/// What had met the deadline of a cycle that is over was voided or corrected.
struct CompletionWithdrawn {
    static constexpr std::string_view type = "pdca.completion_withdrawn";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    Position voided = 0;
    Position instead = 0;  ///< the correction that meets it now; 0: it counts as not met
    CivilDate on;          ///< of the correction
};

struct Recipient {
    std::string person;
    std::string role;
};

enum class NoticeKind : std::uint8_t { reminder, escalation, gate, vacancy, undelivered };
constexpr NoticeKind last_of(NoticeKind) { return NoticeKind::undelivered; }

/// A person is to be told. Sending and delivery are facts of their own.
struct NoticePlanned {
    static constexpr std::string_view type = "notice.planned";
    static constexpr std::uint16_t schema = 1;
    std::string notice;  ///< id, unique in the log
    NoticeKind kind = NoticeKind::reminder;
    CycleNumber cycle = 0;
    std::string step;
    std::uint16_t rung = 0;
    Instant due;  ///< when the ladder wanted it
    std::vector<Recipient> to;
    std::string subject_line;
};

/// Rungs whose time had passed before they could be sent: recorded, not sent in a flood.
struct NoticesSkipped {
    static constexpr std::string_view type = "notice.skipped";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    std::string step;
    std::vector<std::uint16_t> rungs;
    std::string reason;
};

/// A pattern of falsification (integrity rules I1 …). It proves nothing; it opens a check.
struct SignalRaised {
    static constexpr std::string_view type = "integrity.signal_raised";
    static constexpr std::uint16_t schema = 1;
    std::string pattern;
    Position about = 0;
    std::uint8_t severity = 1;
    std::int64_t measure = 0;  ///< of I1: days between the claimed and the recorded date
    std::string detail;
};

enum class SealedAnswer : std::uint8_t { no, yes, none };
constexpr SealedAnswer last_of(SealedAnswer) { return SealedAnswer::none; }

/// One question of a rule to a sealed field.
struct SealedQuestion {
    Digest question;  ///< of field and question (docs/format.md); the answer is found by it
    SealedAnswer answer = SealedAnswer::no;
};

/// What rules asked of a person's sealed fields for the first time, and the answers. They outlive
/// the key: what rests on them can be judged and lived through again after it is erased.
struct SealedFieldsAsked {
    static constexpr std::string_view type = "seal.fields_asked";
    static constexpr std::uint16_t schema = 1;
    std::string key;
    std::vector<SealedQuestion> questions;
};

using Event =
    std::variant<BundlePublished, RecordVoided, CommandRefused, SubjectAdded, FactRecorded,
                 ActRefused, ActPermitted, GateOverridden, StepCompleted, StepReturned,
                 StepApproved, StepReassigned, StepPostponed, StepsLeftOut, FindingRaised,
                 MeasureVerified, MeasureCarried, CycleSuspended, CycleResumed, CycleCancelled,
                 CycleMigrated, AssumptionRecorded, DeliveryRecorded, ClockJumped, ClockDecided,
                 DefinitionDayCame, DutyOpened, DutyEnded, HealthChanged, CycleScheduled,
                 OccasionJoined, DeadlineMoved, CycleOpened, PhaseEntered, StepOpened,
                 StepSatisfied, DeadlineMet, DeadlineMissed, GateBreached, OwnerMissing, OwnerFound,
                 CycleClosed, StepReopened, CompletionWithdrawn, NoticePlanned, NoticesSkipped,
                 SignalRaised, PersonErased, SealedFieldsAsked>;

}  // namespace dutylog::pdca
