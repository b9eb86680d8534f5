#include "engine/pdca/judge.hpp"

#include <algorithm>

#include "engine/calendar/repeat.hpp"

namespace dutylog::pdca {

namespace {

bool among(const std::vector<Position>& positions, Position position) {
    return std::binary_search(positions.begin(), positions.end(), position);
}

bool holds(const std::vector<Position>& positions, Position position) {
    return std::find(positions.begin(), positions.end(), position) != positions.end();
}

}  // namespace

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

/// A repeated duty is opened as soon as it applies; one that waits for a fact, with its first fact,
/// and one that waits for a step of another, with that step.
Drafts Judge::applies() {
    if (definition_.steps.empty() || definition_.upon) return {};
    const bool active = duty_ != nullptr && duty_->active;
    if (judged_ != nullptr && judged_->wanted == active) {
        wanted_ = active;
        return {};
    }
    Scope scope{world_, rules_, now_};
    scope.set(subject_.kind, subject_);
    wanted_ = wanted_now(scope);
    if (judged_ != nullptr) judged_->wanted = wanted_;
    if (wanted_ && !active && !rules_.waits_to_be_run(definition_)) return {opened(&scope)};
    if (wanted_ || !active) return {};
    for (const Cycle& cycle : duty_->cycles)
        if (lives_on(cycle)) return {};
    return {draft(DutyEnded{"the duty no longer applies to this subject"}, &scope)};
}

Draft Judge::opened(const Scope* scope) const {
    return draft(DutyOpened{definition_.id, definition_.version, subject_, definition_.system,
                            static_cast<Level>(definition_.level), definition_.tracked},
                 scope);
}

const std::vector<RelatedFact>& Judge::occasions_of() {
    if (!occasions_) occasions_ = related_facts(world_, rules_, subject_, definition_.upon->fact);
    return *occasions_;
}

/// Whether the guards of the definition let the fact open a cycle.
bool Judge::opens_turn(const RelatedFact& fact, Scope& scope) const {
    if (!scope.holds(definition_.where)) return false;
    scope.set(definition_.upon->fact,
              scope.record_of(fact.subject->id, definition_.upon->fact, *fact.entry));
    return scope.holds(definition_.upon->where);
}

Drafts Judge::occasions() {
    if (!definition_.upon || rules_.definition(definition_.id) == nullptr) return {};
    for (const RelatedFact& fact : occasions_of()) {
        if (duty_ != nullptr && among(duty_->occasions, fact.entry->position)) continue;
        if (judged_ != nullptr && holds(judged_->no_turn, fact.entry->position)) continue;
        const CivilDate day = fact.entry->effective.date;
        if (day < definition_.valid_from) continue;
        if (definition_.valid_to && day >= *definition_.valid_to) continue;
        Scope scope{world_, rules_, now_};
        scope.set(subject_.kind, subject_);
        scope.set("on", fact.entry->effective.date);
        if (!opens_turn(fact, scope)) {
            if (judged_ != nullptr) judged_->no_turn.push_back(fact.entry->position);
            continue;
        }
        if (duty_ == nullptr || !duty_->active) return {opened(&scope)};
        if (definition_.while_open == definition::WhileOpen::merge && !duty_->cycles.empty())
            return {
                draft(OccasionJoined{duty_->cycles.back().number, fact.entry->position}, &scope)};
        Cycle fresh;
        fresh.number = duty_->cycles_made + 1;
        fresh.occasion = fact.entry->position;
        Scope inner = scope_for(fresh);
        const auto deadline = cycle_deadline(fresh, inner);
        if (!deadline) continue;
        return {scheduled(fact.entry->position, *deadline, inner)};
    }
    return {};
}

Draft Judge::scheduled(Position occasion, const Deadline& deadline, const Scope& scope) {
    return draft(
        CycleScheduled{duty_->cycles_made + 1, occasion, definition_.version, deadline, {}},
        &scope);
}

/// The next turn of a repeated duty, when the deadline of the turn before is met.
Drafts Judge::schedule() {
    if (definition_.upon || !wanted_ || rules_.waits_to_be_run(definition_)) return {};
    const bool once = definition_.repeat == definition::Repeat::none;
    const auto stands = [](const PastCycle& past) { return !past.withdrawn; };
    if (once && (!duty_->cycles.empty() || std::ranges::any_of(duty_->past, stands))) return {};
    for (const Cycle& cycle : duty_->cycles)
        if (!cycle.met) return {};
    Cycle fresh;
    fresh.number = duty_->cycles_made + 1;
    Scope scope = scope_for(fresh);
    const auto deadline = cycle_deadline(fresh, scope);
    if (!deadline) return {};
    return {scheduled(0, *deadline, scope)};
}

std::optional<Deadline> Judge::cycle_deadline(const Cycle& cycle, Scope& scope) {
    const definition::Clock& clock = definition_.due;
    if (clock.kind == definition::ClockKind::date && clock.due == nullptr)
        return repeated_deadline(cycle, scope);
    ClockInputs inputs{&clock, definition_.roll, definition_.grace, now_, now_};
    if (!cycle.ran_by.duty.empty())
        inputs.occasion = cycle.ran_by.at;
    else if (cycle.occasion != 0)
        if (const auto fact = fact_at(occasions_of(), cycle.occasion))
            inputs.occasion = fact->entry->effective.at;
    return deadline_of(inputs, scope, rules_);
}

/// `every: 3 months after completion` and its kind, where no `due:` is written. Turns before the
/// duty began are nobody's, so the first is the one that was running on that day.
std::optional<Deadline> Judge::repeated_deadline(const Cycle& cycle, Scope& scope) {
    using calendar::RepeatMode;
    calendar::RepeatRule rule;
    rule.period = definition_.every.value_or(Period{1, PeriodUnit::years});
    switch (definition_.repeat) {
        case definition::Repeat::none:
            return std::nullopt;
        case definition::Repeat::rolling:
            rule.mode = RepeatMode::rolling;
            break;
        case definition::Repeat::anchored:
            rule.mode = RepeatMode::anchored;
            break;
        case definition::Repeat::calendar_year:
            rule.mode = RepeatMode::calendar;
            break;
    }
    calendar::LastTurn last;
    last.completed = duty_->last_completion();
    const CivilDate begun =
        cycle.scheduled == Instant{} ? today_ : rules_.zone().local(cycle.scheduled).date;
    if (definition_.anchor != nullptr) {
        const Value anchor = rule::evaluate(*definition_.anchor, scope);
        if (const auto* day = anchor.as<CivilDate>())
            rule.anchor = *day;
        else
            return std::nullopt;
    } else if (definition_.repeat == definition::Repeat::calendar_year) {
        rule.anchor = last.completed.value_or(begun);
    } else if (!last.completed) {
        return std::nullopt;
    }
    if (!duty_->past.empty())
        last.due = duty_->past.back().due;
    else if (rule.mode == RepeatMode::anchored && !last.completed && begun > rule.anchor)
        last.due = begun.plus_days(-1);
    const CivilDate day = calendar::next_occurrence(rule, last, rules_.calendar()).due();
    const definition::Clock clock{definition::ClockKind::date, nullptr, nullptr, std::nullopt,
                                  definition_.due.text};
    rule::Expression literal;
    literal.literal = day;
    definition::Clock fixed = clock;
    fixed.due = std::make_shared<const rule::Expression>(std::move(literal));
    return deadline_of({&fixed, definition_.roll, definition_.grace, now_, now_}, scope, rules_);
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
