#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/log/event_store.hpp"
#include "engine/pdca/commands.hpp"
#include "engine/pdca/decide.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::pdca {

/// What a command came to: one transaction, and the answer to give after its commit.
struct Outcome {
    log::Append append;
    std::optional<Rejection> refusal;  ///< the append then holds the refusal alone
    std::vector<std::string> warnings;
    log::Position first = 0;  ///< of the events; 0 where there are none
    log::Position last = 0;
    std::vector<Event> events;  ///< as they went into the append
};

/// Runs commands against a world: decides, folds, and derives consequences until nothing more
/// follows, all in the transaction of their cause. What it changed in the world stands; if the
/// append then fails, the world is thrown away and read anew.
class Process {
public:
    explicit Process(World& world);

    /// @param now  wall time; the recorded time is never earlier than the last one
    Outcome execute(const Command& command, const Meta& meta, Instant now);

    /// Wake-ups of every duty as the state has them: what the timer table must hold.
    const NamedMap<StreamId, log::Timer>& timers() const { return timers_; }
    /// Works out all wake-ups anew, after the world was read from a log or a snapshot.
    void restore_timers();

private:
    struct Pair {
        const definition::Definition* definition;
        Reference subject;
        friend bool operator<(const Pair& a, const Pair& b) {
            if (a.definition->id != b.definition->id) return a.definition->id < b.definition->id;
            return a.subject < b.subject;
        }
    };
    using Pairs = std::set<Pair>;

    void apply(Draft draft, const Meta& meta, Outcome& outcome, Pairs& touched);
    std::vector<Position> stored_reads(const std::vector<Position>& read,
                                       const Outcome& outcome) const;
    void settle(const Meta& meta, Outcome& outcome, Pairs& touched);
    void touch(const Event& event, const StreamId& stream, Pairs& touched);
    void touch_fact(const FactRecorded& event, Pairs& touched);
    void touch_readers(const std::string& fact, const Reference& subject, Pairs& touched);
    void touch_all(Pairs& touched);
    void touch_duty(const Duty& duty, Pairs& touched);
    void touch_definition(const definition::Definition& definition, const Reference& subject,
                          Pairs& touched);
    void touch_definition(const definition::Definition& definition, Pairs& touched);
    void touch_parents(const Duty& duty, Pairs& touched);
    void touch_runner(const Event& event, const Duty& duty, Pairs& touched);
    bool due(const FireTimer& fire) const;
    void day_came(const FireTimer& fire, const Meta& meta, Outcome& outcome, Pairs& touched);
    std::optional<log::Timer> next_day(const definition::Definition& definition) const;
    void set_day_timers(Outcome& outcome);
    void drop_outbox(const Event& event, const StreamId& stream, Outcome& outcome);
    void set_timer(const Pair& pair, Outcome& outcome);
    void tell_outside(const NoticePlanned& notice, Outcome& outcome);
    /// What was asked of sealed fields for the first time goes on the record.
    void record_asked(const StreamId& about, const Meta& meta, Outcome& outcome, Pairs& touched);
    Outcome refuse(const Command& command, const Meta& meta, Rejection rejection);

    World& world_;
    Instant now_;
    Position base_ = 0;
    bool by_timer_ = false;  ///< what is recorded now comes from nobody outside
    NamedMap<StreamId, log::Timer> timers_;
};

}  // namespace dutylog::pdca
