#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/pdca/process.hpp"
#include "tests/pdca/support/library.hpp"

namespace dutylog::pdca::test {

/// A command that somebody gives on a day (at 10:00), or at a moment.
struct Act {
    Instant recorded;
    Instant effective;
    std::string late_reason;
    ActorId actor;
    Command command;

    /// The same, said to have happened earlier than it is entered.
    Act said_of(const std::string& day, std::string reason = "") const;
};

/// `2025-04-01` (10:00) or `2025-04-01T15:30`, in UTC.
Instant moment(const std::string& text);
CivilDate day(const std::string& text);
Act on(const std::string& when, const std::string& actor, Command command);

/// `north`, `fan/F1`, `worker/zhang`: subjects of the works.
Reference ref(const std::string& kind_and_id);
/// The stream of a duty about the fan F1, or another subject.
StreamId duty(const std::string& definition, const std::string& subject = "fan/F1");
Command fact(const std::string& subject, const std::string& type, Record value = {});
Command complete(const StreamId& duty, const std::string& step, Record form = {},
                 std::vector<std::string> evidence = {});
Command ended_as(const StreamId& duty, const std::string& step, const std::string& outcome);
/// Who holds a role of a subject from then on; nobody where `person` is empty.
Command holds(const std::string& role, const std::string& person,
              const std::string& subject = "employer/works");

/// A small works living under a few definitions, from 2025-01-01 on: site `north` with fan `F1`,
/// post `P1`, and the workers pia (PR), omar (OHM), eli (EQ), wes (WS), tao (TU) and zhang.
/// State is made by commands alone, timers fire at their own time, and after each `when` the log
/// is folded anew: the world and its wake-ups must come out equal.
class Play {
public:
    explicit Play(const std::vector<std::string>& definitions);

    /// What happened before; none of it may be refused.
    Play& given(const std::vector<Act>& acts);
    /// The command whose consequences are looked at.
    Play& when(const Act& act);
    /// Time passes; what follows from it is looked at.
    Play& until(const std::string& when);
    /// New definitions are published by pia and approved by omar.
    Play& published(const std::string& when, const std::vector<std::string>& definitions);

    /// Exactly these events, told as in told.hpp, those of `when` first.
    Play& then(const std::vector<std::string>& expected);
    /// These events, in this order, among others.
    Play& then_among(const std::vector<std::string>& expected);
    /// No event of such a beginning.
    Play& then_no(const std::string& beginning);
    /// Refused for this reason, and nothing else happened.
    Play& then_refused(const std::string& reason);

    const World& world() const { return world_; }
    const Process& process() const { return *process_; }
    /// Of the last `when`.
    const Outcome& outcome() const { return outcome_; }
    const std::vector<log::NewEvent>& log() const { return log_; }
    /// Positions of the events told like this.
    std::vector<Position> positions(const std::string& words) const;
    /// What waits to be sent, by id.
    const std::map<std::string, log::OutboxEntry>& outbox() const { return outbox_; }

private:
    Outcome execute(const Act& act);
    Outcome fire(const log::Timer& timer);
    void publish(Instant at, RulesPtr rules, const std::string& approver);
    void advance(Instant until);
    void take(const Outcome& outcome);
    std::vector<std::string> words() const;
    void require_equal_replay() const;

    std::map<Digest, RulesPtr> bundles_;
    World world_;
    std::optional<Process> process_;
    std::map<std::string, log::Timer> timers_;  ///< as a timer table would hold them
    std::map<std::string, log::OutboxEntry> outbox_;
    std::vector<log::NewEvent> log_;
    std::vector<Event> events_;
    std::vector<Instant> recorded_;
    Outcome outcome_;
    std::size_t seen_ = 0;  ///< events before what is looked at
    std::uint64_t commands_ = 0;
};

}  // namespace dutylog::pdca::test
