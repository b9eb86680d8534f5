#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/pdca/clock.hpp"
#include "engine/pdca/judged.hpp"
#include "engine/pdca/matching.hpp"
#include "engine/pdca/scope.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::pdca {

/// A consequence that has no place in the log yet.
struct Draft {
    Event event;
    StreamId stream;
    Effective effective;
    std::vector<Position> rests_on;
    Position corrects = 0;  ///< the record whose place it takes
    bool outside = false;   ///< a fact of the command itself, though not its first
};

using Drafts = std::vector<Draft>;

/// Says what follows for one definition and one subject from the state as it is. Pure: it is asked
/// again after each answer was folded in, until nothing more follows; so the order in which facts
/// of one instant arrived does not matter, and a missed wake-up is made good by the next.
class Judge {
public:
    /// @param definition  the one in force, or the last there was where it was retired; running
    ///        cycles are judged by the version they are pinned to (docs/decisions/0005)
    /// @param judged  of the same duty since the last command; null to work all out
    Judge(const World& world, const definition::Definition& definition, const Reference& subject,
          Instant now, Judged* judged = nullptr);

    /// The next consequences, or nothing when all is settled.
    Drafts next();

    /// When this duty has to be looked at again though nothing is recorded; nothing for never.
    std::optional<Instant> wake_up();

    /// Whether an act about to be reported would find its `before` duty done.
    /// @param act  the act as it would be recorded
    bool done_before(const registry::FactEntry& act);

private:
    using Definition = definition::Definition;
    using Step = definition::Step;

    /// The version a cycle is pinned to, by which it is judged.
    const Definition& version_of(const Cycle& cycle) const;
    Drafts judge_by_version(const Cycle& cycle);
    bool in_force() const;
    bool running(const Cycle& cycle) const;

    // judge.cpp: whether the duty applies, what opens its cycles
    Drafts applies();
    bool wanted_now(Scope& scope) const;
    bool lives_on(const Cycle& cycle) const;
    bool opens_turn(const RelatedFact& fact, Scope& scope) const;
    Drafts occasions();
    Drafts schedule();
    bool dormant(const Cycle& cycle) const;
    Drafts judge(const Cycle& cycle);
    std::optional<Deadline> cycle_deadline(const Cycle& cycle, Scope& scope);
    std::optional<Deadline> repeated_deadline(const Cycle& cycle, Scope& scope);
    Draft scheduled(Position occasion, const Deadline& deadline, const Scope& scope);

    // judge_again.cpp: what rested on a record that was voided or corrected
    Drafts rejudge();
    Drafts rejudge_past();
    Drafts rejudge_steps();
    Drafts rejudge_occasions();
    std::optional<RelatedFact> correction_for(Position completion);

    // judge_wheels.cpp: cycles that steps start, and what systems and programmes see of their
    // children
    Drafts runs(const Cycle& cycle);
    Drafts run_for(const Cycle& parent, const StepState& step, const StreamId& parent_stream);
    Drafts ran(const Cycle& cycle);
    Drafts health();
    bool has_open_children() const;

    // judge_cycle.cpp: deadlines, opening, meeting, missing
    Drafts replan(const Cycle& cycle);
    Judged::Plan plan_of(const Cycle& cycle) const;
    Drafts open(const Cycle& cycle);
    Drafts meet(const Cycle& cycle);
    Drafts miss(const Cycle& cycle);
    std::optional<Instant> opening_time(const Cycle& cycle) const;
    bool assumed(const Deadline& deadline) const;
    bool contradicted(const Step& step, Instant since);
    Draft missed(const Cycle& cycle, const std::string& step, Breach breach,
                 const Deadline& deadline);

    // judge_steps.cpp: steps, findings, phases
    Drafts satisfy(const Cycle& cycle);
    Drafts findings(const Cycle& cycle);
    Drafts advance(const Cycle& cycle);
    Drafts open_step(const Cycle& cycle, const Step& step);
    Drafts next_phase(const Cycle& cycle);
    std::optional<RelatedFact> match_for(const Cycle& cycle, const Step& step, Scope& scope);
    bool wanted(const Cycle& cycle, const Step& step) const;
    bool complete(const Cycle& cycle, const Step& step) const;
    bool ready(const Cycle& cycle, const Step& step) const;

    // judge_owners.cpp: open steps without an owner, and those that are late
    Drafts owners(const Cycle& cycle);
    Drafts late_steps(const Cycle& cycle);
    Drafts vacancy(const Cycle& cycle, const std::string& step, const std::string& role,
                   const ActorId& stands_in) const;

    // judge_telling.cpp: who else is told, and what reached nobody
    Drafts signatures(const Cycle& cycle);
    Drafts undelivered();
    NoticePlanned next_in_line(const NoticeState& notice, const ActorId& person) const;

    // judge_ladder.cpp: reminders and escalations
    Drafts ladder(const Cycle& cycle);
    Instant missing_time(const std::string& step_id, const Deadline& deadline, Instant since);
    struct Rungs {
        const Cycle* cycle;
        std::string step;
        const Deadline* deadline;
        std::uint16_t done;
        Instant since;
    };
    ActorId owner_of(const Rungs& rungs) const;
    Drafts climb(const Rungs& rungs);
    std::vector<Rungs> ladders(const Cycle& cycle) const;
    void wake_ups(const Cycle& cycle, std::optional<Instant>& earliest);
    void wake_ups_by_version(const Cycle& cycle, std::optional<Instant>& earliest);
    std::optional<Instant> rung_time(const definition::Rung& rung, const Deadline& deadline) const;
    std::vector<Recipient> recipients(const std::vector<std::string>& tell, const ActorId& owner,
                                      const Cycle& cycle) const;

    // shared
    Scope scope_for(const Cycle& cycle);
    void add_occasion(Scope& scope, const Cycle& cycle);
    void add_running_step(Scope& scope, const RanBy& step);
    Draft opened(const Scope* scope) const;
    Draft draft(Event event, const Scope* scope = nullptr) const;
    Draft draft_at(Event event, Instant at, CivilDate on, const Scope* scope = nullptr) const;
    Effective moment(Instant at) const;
    const std::vector<RelatedFact>& occasions_of();

    const World& world_;
    const Definition& definition_;
    const Rules& rules_;
    Reference subject_;
    Instant now_;
    CivilDate today_;
    StreamId stream_;
    const Duty* duty_;
    Judged* judged_;
    std::optional<std::vector<RelatedFact>> occasions_;  ///< once they were asked for
    bool wanted_ = false;  ///< the duty applies to the subject now; worked out by `applies`
};

}  // namespace dutylog::pdca
