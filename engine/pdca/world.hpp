#pragma once

#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/core/named_map.hpp"
#include "engine/pdca/rules.hpp"
#include "engine/pdca/state.hpp"
#include "engine/pdca/unsealing.hpp"
#include "engine/registry/subject.hpp"

/// The whole state of one employer, folded from its log (docs/decisions/0003).
namespace dutylog::pdca {

struct Assumption {
    std::string definition;  ///< `*`: all that have none of their own
    Reference subject;       ///< empty: all
    bool forever = false;
    CivilDate until;
    Position position = 0;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(definition, subject, forever, until, position);
    }
};

/// A deadline or gate that was not kept, as the log has it.
struct BreachRecord {
    Position position = 0;
    StreamId stream;
    std::string definition;
    Reference subject;
    CycleNumber cycle = 0;
    std::string what;  ///< step or gate; empty: the cycle
    Breach breach = Breach::overdue;
    Instant due;
    CivilDate due_on;
    Instant known;
    std::string basis;
    bool tracked = false;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(position, stream, definition, subject, cycle, what, breach, due, due_on, known,
                basis, tracked);
    }
};

/// A channel that is not used until somebody switches it on again.
struct ChannelOff {
    std::string state;
    std::string reason;
    Instant since;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(state, reason, since);
    }
};

/// Where the stream of the last event stands, since the events of one stream mostly stand together.
/// It is no part of the state: a copied or moved world begins without it.
struct NearStream {
    NearStream() = default;
    NearStream(const NearStream&) noexcept {}
    NearStream& operator=(const NearStream&) noexcept {
        version = nullptr;
        duty = nullptr;
        return *this;
    }
    std::pair<const StreamId, log::Version>* version = nullptr;
    Duty* duty = nullptr;  ///< null until it was looked up
};

/// Gives the rules of a published bundle; null where the log does not hold it.
using RulesSource = std::function<RulesPtr(const Digest& bundle)>;

struct World {
    RulesSource source;
    Unsealing unsealing;
    RulesPtr rules;  ///< in force; null before the first publication
    Digest bundle;
    std::map<Digest, RulesPtr> known_rules;  ///< every bundle published so far

    Position head = 0;
    Instant recorded;  ///< of the last event
    NamedMap<Reference, registry::Subject> subjects;
    NamedMap<StreamId, Duty> duties;
    NamedMap<StreamId, log::Version> versions;
    NearStream near;
    std::vector<Assumption> assumptions;
    std::vector<BreachRecord> breaches;
    std::set<Position> voided;                  ///< records withdrawn or corrected
    Instant published;                          ///< when the rules in force were
    std::map<std::string, CivilDate> day_came;  ///< definition → its last day that is on the record
    SealedAnswers answers;              ///< of sealed fields, as far as they are on the record
    std::set<std::string> sealed_with;  ///< keys of what is sealed on the record
    bool timers_held = false;           ///< the clock jumped too far and nobody decided yet
    std::map<std::string, ChannelOff> channels_off;  ///< by name

    /// What the duties of a system add up to, for each subject they live in and a system or
    /// programme is about; under an empty system all duties and systems. Counted from the duties,
    /// so it is not stored.
    std::map<std::pair<std::string, Reference>, Tally> tallies;
    std::set<std::string, std::less<>> tallied;  ///< kinds that are counted

    const registry::Subject* subject(const Reference& id) const;
    const Duty* duty(const StreamId& stream) const;
    /// The ancestor of `id` of that kind, or itself; empty where there is none.
    Reference ancestor(const Reference& id, std::string_view kind) const;
    /// Whether `id` is `outer` or lives inside it.
    bool inside(const Reference& id, const Reference& outer) const;
    /// Subjects of a kind, in order of their ids.
    std::vector<const registry::Subject*> subjects_of(std::string_view kind) const;
    /// The definition a cycle is pinned to; the one in force where that version is not at hand.
    const definition::Definition* pinned(const std::string& id, const Digest& version) const;
    /// The definition a duty is judged by as a whole: the one in force, or the last there was.
    const definition::Definition* rule_of(const Duty& duty) const;
    /// What the children of a system or programme come to, and its own work with them.
    Tally tally_of(const Duty& wheel) const;
    /// Brings the tallies up to date with one duty.
    /// @returns whether anything changed
    bool count(Duty& duty);
    /// Counts anew, for every kind that systems and programmes of the known rules are about.
    void count_all();
    /// Counts what the systems and programmes of new rules are about.
    void count_for(const Rules& added);
};

StreamId subject_stream(const Reference& subject);
/// The subject whose stream it is; empty for other streams.
Reference subject_of_stream(const StreamId& stream);
StreamId duty_stream(const std::string& definition, const Reference& subject);
/// Streams that stand for the log itself.
const StreamId& log_stream();
const StreamId& access_stream();
const StreamId& channel_stream();

/// What the log says of an event beside its payload.
struct Recorded {
    Position position = 0;
    StreamId stream;
    Instant recorded;
    Effective effective;
    ActorId actor;
    ActorId on_behalf_of;
    Position corrects = 0;
    log::Origin origin = log::Origin::outside;
};

/// The same where it stands already: nothing is copied, and all of it outlives the fold.
struct Circumstances {
    Position position;
    const StreamId& stream;
    Instant recorded;
    const Effective& effective;
    const ActorId& actor;
    const ActorId& on_behalf_of;
    Position corrects;
    log::Origin origin;
};
Circumstances circumstances_of(const log::Envelope& envelope);

/// Folds one event in. No rules, only consequences.
/// @throws CorruptStream  the event cannot follow what is there
void evolve(World& world, const Event& event, const Circumstances& recorded);
/// The same, and parts of the event may be moved out of it.
void evolve(World& world, Event&& event, const Circumstances& recorded);

/// A stored event does not fit the state before it.
class CorruptStream : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Of the stream's state, for the envelope: of a duty, or of a subject, or zero.
Digest state_hash_of(const World& world, const StreamId& stream);

}  // namespace dutylog::pdca
