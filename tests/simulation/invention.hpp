#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/log/event_store.hpp"
#include "engine/pdca/world.hpp"
#include "engine/runtime/engine.hpp"
#include "tests/simulation/draw.hpp"

namespace dutylog::simulation {

/// Makes up what people and machines ask of a log, from what it holds at that moment: mostly what
/// fits, some of it late, wrong, repeated or about nothing that exists.
class Invention {
public:
    Invention(Draw& draw, log::EventStore& store) : draw_{draw}, store_{&store} {}

    /// The same log, opened again.
    void look_at(log::EventStore& store) { store_ = &store; }

    /// @param world  what the log holds; with rules
    runtime::Submission next(const pdca::World& world, Instant now);

    /// A command under an id of its own.
    runtime::Submission submission(const pdca::World& world, pdca::Command command, ActorId actor,
                                   Instant now);
    /// A statement of who holds a role, `nobody` included.
    pdca::Command role_change();

private:
    struct OpenStep {
        const pdca::Duty* duty;
        const pdca::Cycle* cycle;
        const pdca::StepState* state;
        const definition::Step* step;
    };

    runtime::Submission invent();
    runtime::Submission again();
    pdca::Command fact();
    pdca::Command correction();
    pdca::Command withdrawal();
    pdca::Command act();
    pdca::Command step_work();
    pdca::Command cycle_work();
    pdca::Command delivery();
    pdca::Command absence();
    pdca::Command assumption();
    pdca::Command clock();
    pdca::Command stale_timer();

    pdca::Command complete(const OpenStep& at);
    ActorId someone();
    std::vector<OpenStep> steps(pdca::StepStatus status) const;
    const pdca::Duty* any_duty();
    const registry::Subject* any_subject(const std::string& kind);
    Value record_of(const std::vector<definition::FieldSpec>& specs);
    Value value_of(const rule::Type& type);
    std::string person();
    Effective when(bool& late);

    Draw& draw_;
    log::EventStore* store_;
    const pdca::World* world_ = nullptr;
    Instant now_;
    std::optional<OpenStep> acting_on_;
    std::vector<runtime::Submission> sent_;
    std::uint64_t next_id_ = 1;
};

}  // namespace dutylog::simulation
