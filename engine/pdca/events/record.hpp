#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/pdca/events/common.hpp"

/// The log itself and its clock: rules in force, withdrawn records, refused commands, time.
namespace dutylog::pdca {

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

/// The log was made of a backup. What was acknowledged after `events` is not in it.
struct LogRestored {
    static constexpr std::string_view type = "log.restored";
    static constexpr std::uint16_t schema = 1;
    Position events = 0;             ///< that the backup held
    Digest root;                     ///< of the tree over them
    std::uint64_t epoch_before = 0;  ///< of the backup
    std::uint64_t epoch = 0;         ///< that begins
    Position known_events = 0;       ///< of the furthest checkpoint known; 0 where none was
    Digest known_root;               ///< of that checkpoint
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

/// The day came on which a definition begins or ceases to hold: it is looked at for every subject.
struct DefinitionDayCame {
    static constexpr std::string_view type = "pdca.definition_day_came";
    static constexpr std::uint16_t schema = 1;
    std::string definition;
    CivilDate day;
    bool begins = true;
};

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

}  // namespace dutylog::pdca
