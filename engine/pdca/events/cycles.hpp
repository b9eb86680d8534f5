#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/deadline.hpp"
#include "engine/pdca/events/common.hpp"

/// Duties, their cycles and deadlines.
namespace dutylog::pdca {

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

/// What had met the deadline of a cycle that is over was voided or corrected.
struct CompletionWithdrawn {
    static constexpr std::string_view type = "pdca.completion_withdrawn";
    static constexpr std::uint16_t schema = 1;
    CycleNumber cycle = 0;
    Position voided = 0;
    Position instead = 0;  ///< the correction that meets it now; 0: it counts as not met
    CivilDate on;          ///< of the correction
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

}  // namespace dutylog::pdca
