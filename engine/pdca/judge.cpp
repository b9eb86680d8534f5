#include "engine/pdca/judge.hpp"

#include <algorithm>

namespace dutylog::pdca {

Judge::Judge(const World& world, const Definition& definition, const Reference& subject,
             Instant now, Judged* judged)
    : world_{world},
      definition_{definition},
      rules_{*world.rules},
      subject_{subject},
      now_{now},
      today_{world.rules->zone().local(now).date},
      stream_{duty_stream(definition.id, subject)},
      duty_{world.duty(stream_)},
      judged_{judged} {}

Drafts Judge::next() {
    if (Drafts drafts = applies(); !drafts.empty()) return drafts;
    if (duty_ != nullptr)
        if (Drafts drafts = rejudge(); !drafts.empty()) return drafts;
    const bool active = duty_ != nullptr && duty_->active;
    if (!active && !definition_.upon) return {};
    if (Drafts drafts = occasions(); !drafts.empty()) return drafts;
    if (!active) return {};
    for (const Cycle& cycle : duty_->cycles) {
        if (!running(cycle)) continue;
        if (Drafts drafts = judge_by_version(cycle); !drafts.empty()) return drafts;
    }
    if (Drafts drafts = schedule(); !drafts.empty()) return drafts;
    if (Drafts drafts = health(); !drafts.empty()) return drafts;
    return undelivered();
}

const definition::Definition& Judge::version_of(const Cycle& cycle) const {
    if (cycle.version == definition_.version) return definition_;
    const Definition* pinned = world_.pinned(definition_.id, cycle.version);
    return pinned == nullptr ? definition_ : *pinned;
}

Drafts Judge::judge_by_version(const Cycle& cycle) {
    const Definition& pinned = version_of(cycle);
    if (&pinned == &definition_) return judge(cycle);
    return Judge{world_, pinned, subject_, now_, judged_}.judge(cycle);
}

/// Whether the definition holds today; one that is no longer published does not.
bool Judge::in_force() const {
    const Definition* current = rules_.definition(definition_.id);
    return current != nullptr && today_ >= current->valid_from &&
           (!current->valid_to || today_ < *current->valid_to);
}

/// What is open goes on after its definition ended; what was only planned does not begin.
bool Judge::running(const Cycle& cycle) const {
    return cycle.running() && (cycle.status != CycleStatus::scheduled || in_force()) &&
           !dormant(cycle);
}

/// A definition that waits to be run by a step of another is not opened for every subject.
bool Judge::wanted_now(Scope& scope) const {
    if (!in_force() || world_.subject(subject_) == nullptr) return false;
    return scope.holds(definition_.where);
}

/// An open cycle outlives the end of its definition, while its own version applies to the subject.
bool Judge::lives_on(const Cycle& cycle) const {
    if (cycle.status == CycleStatus::scheduled) return false;
    if (in_force() && cycle.version == definition_.version) return false;
    const Definition* pinned = world_.pinned(definition_.id, cycle.version);
    Scope scope{world_, rules_, now_};
    scope.set(subject_.kind, subject_);
    return pinned != nullptr && world_.subject(subject_) != nullptr && scope.holds(pinned->where);
}

/// A turn after one that is not met any more: it stands still until that one is met again.
bool Judge::dormant(const Cycle& cycle) const {
    return !definition_.upon && std::ranges::any_of(duty_->cycles, [&](const Cycle& earlier) {
        return earlier.number < cycle.number && !earlier.met;
    });
}

Drafts Judge::judge(const Cycle& cycle) {
    using Part = Drafts (Judge::*)(const Cycle&);
    for (const Part part :
         {&Judge::replan, &Judge::satisfy, &Judge::miss, &Judge::meet, &Judge::open,
          &Judge::findings, &Judge::runs, &Judge::ran, &Judge::advance, &Judge::owners,
          &Judge::late_steps, &Judge::signatures, &Judge::ladder})
        if (Drafts drafts = (this->*part)(cycle); !drafts.empty()) return drafts;
    return {};
}

bool Judge::done_before(const registry::FactEntry& act) {
    const Step* step = definition_.step(definition_.met_by);
    if (step == nullptr || !step->done_by) return false;
    Scope scope{world_, rules_, now_};
    scope.set(subject_.kind, subject_);
    scope.set("on", act.effective.date);
    const Value record = scope.record_of(subject_, definition_.upon->fact, act);
    scope.set(definition_.upon->fact, record);
    if (!scope.holds(definition_.where) || !scope.holds(definition_.upon->where)) return true;
    for (const RelatedFact& fact : related_facts(world_, rules_, subject_, step->done_by->fact)) {
        if (fact.entry->effective.at >= act.effective.at) continue;
        scope.set("opened_by", record);
        scope.set(step->done_by->fact,
                  scope.record_of(fact.subject->id, step->done_by->fact, *fact.entry));
        if (scope.holds(step->done_by->where)) return true;
    }
    return false;
}

// ---- shared ----------------------------------------------------------------------------------

Scope Judge::scope_for(const Cycle& cycle) {
    Scope scope{world_, rules_, now_};
    scope.set(subject_.kind, subject_);
    const auto last = duty_ == nullptr ? std::nullopt : duty_->last_completion();
    if (last && !cycle.met) scope.set("on", *last);
    if (last) scope.set("last_completion", *last);
    scope.set("completions", duty_ == nullptr ? std::int64_t{0} : duty_->completions());
    if (cycle.status != CycleStatus::scheduled) scope.set("opening", cycle.opened_on);
    if (cycle.deadline.kind != DeadlineKind::none) {
        scope.set("due", cycle.deadline.nominal());
        scope.set("cycle", Record::of({{"due", cycle.deadline.nominal()}}));
    }
    add_occasion(scope, cycle);
    if (definition_.level != definition::Level::duty && duty_ != nullptr) {
        const Tally tally = world_.tally_of(*duty_);
        scope.set("children_open", tally.open);
        scope.set("children_overdue", tally.overdue);
        scope.set("children_findings", tally.findings);
    }
    for (const StepState& step : cycle.steps)
        if (step.status == StepStatus::done) scope.set(step.id, step.on);
    return scope;
}

void Judge::add_occasion(Scope& scope, const Cycle& cycle) {
    if (!cycle.ran_by.duty.empty()) return add_running_step(scope, cycle.ran_by);
    if (cycle.occasion == 0 || !definition_.upon) return;
    const auto fact = fact_at(occasions_of(), cycle.occasion);
    if (!fact) return;
    const Value record = scope.record_of(fact->subject->id, definition_.upon->fact, *fact->entry);
    scope.set("on", fact->entry->effective.date);
    scope.set(definition_.upon->fact, record);
    scope.set("opened_by", record);
}

/// The opening of the step stands for the fact that would have opened the cycle.
void Judge::add_running_step(Scope& scope, const RanBy& step) {
    const Value record = Record::of({{"at", step.at},
                                     {"known_at", step.at},
                                     {"known_on", step.on},
                                     {"on", step.on},
                                     {"subject", subject_}});
    scope.set("on", step.on);
    if (definition_.upon) scope.set(definition_.upon->fact, record);
    scope.set("opened_by", record);
}

Effective Judge::moment(Instant at) const {
    return {Precision::instant, at, rules_.zone().local(at).date, at, rules_.zone().name()};
}

Draft Judge::draft(Event event, const Scope* scope) const {
    return {std::move(event), stream_, moment(now_),
            scope == nullptr ? std::vector<Position>{} : scope->reads()};
}

Draft Judge::draft_at(Event event, Instant at, CivilDate on, const Scope* scope) const {
    Draft made = draft(std::move(event), scope);
    made.effective = {Precision::instant, at, on, at, rules_.zone().name()};
    return made;
}

}  // namespace dutylog::pdca
