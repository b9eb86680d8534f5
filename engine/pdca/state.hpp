#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/digest.hpp"
#include "engine/core/id.hpp"
#include "engine/core/value.hpp"
#include "engine/pdca/deadline.hpp"
#include "engine/pdca/events.hpp"

/// What the events of one duty add up to.
namespace dutylog::pdca {

enum class StepStatus : std::uint8_t { waiting, open, done, left_out, carried };
constexpr StepStatus last_of(StepStatus) { return StepStatus::carried; }

/// A person who was asked to sign a step besides those whom the definition names.
struct Signer {
    ActorId person;
    ActorId by;         ///< who asked
    bool told = false;  ///< that the step waits for them
    bool has_signed = false;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(person, by, told, has_signed);
    }
};

/// More time for a step that was asked for and not decided on.
struct MoreTime {
    ActorId by;
    ActorId approver;
    CivilDate until;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(by, approver, until);
    }
};

/// One step of one cycle.
struct StepState {
    std::string id;
    StepStatus status = StepStatus::waiting;
    ActorId owner;
    std::string role;
    bool vacant = false;
    Deadline deadline;  ///< kind none: due with the cycle
    bool missed = false;
    std::uint16_t rungs = 0;  ///< rungs of the ladder dealt with
    Instant opened;
    CivilDate opened_on;
    ActorId by;  ///< who did it
    Instant at;
    CivilDate on;
    Position opening = 0;   ///< the event that opened it
    Position position = 0;  ///< the event that completed it
    Position fact = 0;      ///< the fact that did, if one did
    std::string outcome;
    std::uint16_t times = 0;  ///< how often it was opened
    Value form;
    std::vector<std::string> approvals;  ///< `role=person`
    bool judged = false;                 ///< findings were looked for
    bool verified = false;               ///< a measure somebody else found effective
    std::vector<Signer> signers;         ///< asked for by people
    std::vector<MoreTime> more_time;     ///< asked for; at most one

    template <class Archive>
    void serialize(Archive& archive) {
        archive(id, status, owner, role, vacant, deadline, missed, rungs, opened, opened_on, by, at,
                on, opening, position, fact, outcome, times, form, approvals, judged, verified,
                signers, more_time);
    }
};

struct FindingState {
    std::string id;
    std::string step;
    std::string severity;
    Position position = 0;
    bool closed = false;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(id, step, severity, position, closed);
    }
};

enum class CycleStatus : std::uint8_t { scheduled, open, suspended, closed, cancelled };
constexpr CycleStatus last_of(CycleStatus) { return CycleStatus::cancelled; }

/// One turn of Plan-Do-Check-Act.
struct Cycle {
    CycleNumber number = 0;
    CycleStatus status = CycleStatus::scheduled;
    std::uint8_t phase = 0;
    Position occasion = 0;
    RanBy ran_by;
    Digest version;     ///< of the definition it is pinned to
    Instant scheduled;  ///< when it became known that there is a deadline
    Instant planned;    ///< when the deadline was last set or moved
    Instant opened;
    CivilDate opened_on;
    Deadline deadline;
    bool missed = false;
    std::uint16_t rungs = 0;
    bool met = false;
    bool assumed = false;
    Instant met_at;
    CivilDate met_on;
    Position met_position = 0;     ///< the completion that met it
    bool withdrawn = false;        ///< what had met it was voided, and nothing has met it since
    std::vector<Position> joined;  ///< further occasions
    std::vector<std::string> carried_in;  ///< measures and children of the turn before
    std::vector<StepState> steps;
    std::vector<FindingState> findings;

    bool running() const { return status == CycleStatus::scheduled || status == CycleStatus::open; }
    StepState* step(const std::string& id);
    const StepState* step(const std::string& id) const;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(number, status, phase, occasion, ran_by, version, scheduled, planned, opened,
                opened_on, deadline, missed, rungs, met, assumed, met_at, met_on, met_position,
                withdrawn, joined, carried_in, steps, findings);
    }
};

/// What is kept of a cycle that is over.
struct PastCycle {
    CycleNumber number = 0;
    Position occasion = 0;
    CivilDate nominal;
    CivilDate due;  ///< the effective date
    Instant due_at;
    bool met = false;
    bool assumed = false;
    bool missed = false;
    CivilDate met_on;
    Position met_position = 0;
    bool withdrawn = false;  ///< what had met it was voided
    Instant met_at;
    ActorId met_by;
    std::vector<Position> joined;  ///< further occasions
    ActorId owner;                 ///< of the step that counts; empty where it never opened
    Instant over;                  ///< recorded time of its end

    template <class Archive>
    void serialize(Archive& archive) {
        archive(number, occasion, nominal, due, due_at, met, assumed, missed, met_on, met_position,
                withdrawn, met_at, met_by, joined, owner, over);
    }
};

/// One notice of an open cycle and what became of it, per person.
struct NoticeState {
    struct Person {
        std::string person;
        std::string role;
        Delivery last = Delivery::skipped;  ///< skipped: nothing is known yet
        std::uint16_t failures = 0;

        template <class Archive>
        void serialize(Archive& archive) {
            archive(person, role, last, failures);
        }
    };
    std::string id;
    CycleNumber cycle = 0;
    std::string step;
    std::uint16_t rung = 0;
    Instant planned;
    bool moved_on = false;  ///< the next in line was told instead
    std::vector<Person> to;
    NoticeKind kind = NoticeKind::reminder;
    ActorId by;  ///< who asks; empty where the engine does by itself

    template <class Archive>
    void serialize(Archive& archive) {
        archive(id, cycle, step, rung, planned, moved_on, to, kind, by);
    }
};

/// What one duty adds to the systems and programmes above it, or what all of theirs come to.
struct Tally {
    std::int64_t duties = 0;    ///< that apply
    std::int64_t open = 0;      ///< cycles opened and not over
    std::int64_t overdue = 0;   ///< duties with something overdue
    std::int64_t findings = 0;  ///< of cycles that are not over
    std::int64_t vacant = 0;    ///< open steps whose role nobody holds

    Tally& operator+=(const Tally& other);
    Tally& operator-=(const Tally& other);
    friend bool operator==(const Tally&, const Tally&) = default;
};

/// One obligation for one subject; or the wheel of a system or of the programme.
struct Duty {
    StreamId stream;
    std::string definition;
    Digest version;
    Reference subject;
    std::string system;
    Level level = Level::duty;
    bool tracked = false;
    Health health = Health::sound;     ///< of a system or programme
    std::vector<std::string> carried;  ///< waits for the next cycle
    bool active = false;
    Position opened = 0;
    CycleNumber cycles_made = 0;
    std::vector<Cycle> cycles;         ///< not over yet, by number
    std::vector<PastCycle> past;       ///< over, by number
    std::vector<Position> occasions;   ///< facts that opened or joined a cycle; sorted
    std::vector<Position> used_facts;  ///< facts that completed a step; sorted
    std::vector<NoticeState> notices;  ///< of cycles that are not over
    std::uint64_t generation = 0;      ///< of its timer: raised by every event
    Instant touched;                   ///< recorded time of the last event
    Tally share;                       ///< counted from the rest, so it is not stored

    Cycle* cycle(CycleNumber number);
    const Cycle* cycle(CycleNumber number) const;
    /// The last day on which a deadline was met, and how often that was.
    std::optional<CivilDate> last_completion() const;
    std::int64_t completions() const;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(stream, definition, version, subject, system, level, tracked, health, carried,
                active, opened, cycles_made, cycles, past, occasions, used_facts, notices,
                generation, touched);
    }
};

/// What the duty's state adds to those above it.
Tally share_of(const Duty& duty);

/// Over the canonical bytes of the state; the same on every build, store and machine.
Digest state_hash(const Duty& duty);
/// The version of the fold, raised whenever equal events could give another state.
inline constexpr std::uint16_t fold_version = 3;

}  // namespace dutylog::pdca
