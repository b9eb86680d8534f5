#include "engine/pdca/judge.hpp"

#include <algorithm>

#include "engine/calendar/repeat.hpp"

namespace dutylog::pdca {

namespace {

bool among(const std::vector<Position>& positions, Position position) {
    return std::binary_search(positions.begin(), positions.end(), position);
}

}  // namespace

Judge::Judge(const World& world, const Definition& definition, const Reference& subject,
             Instant now)
    : world_{world},
      definition_{definition},
      rules_{*world.rules},
      subject_{subject},
      now_{now},
      today_{world.rules->zone().local(now).date},
      stream_{duty_stream(definition.id, subject)},
      duty_{world.duty(stream_)} {}

Drafts Judge::next() {
    if (Drafts drafts = applies(); !drafts.empty()) return drafts;
    if (duty_ != nullptr)
        if (Drafts drafts = rejudge(); !drafts.empty()) return drafts;
    const bool active = duty_ != nullptr && duty_->active;
    if (!active && !definition_.upon) return {};
    if (Drafts drafts = occasions(); !drafts.empty()) return drafts;
    if (!active) return {};
    for (const Cycle& cycle : duty_->cycles)
        if (Drafts drafts = judge(cycle); !drafts.empty()) return drafts;
    if (Drafts drafts = schedule(); !drafts.empty()) return drafts;
    return undelivered();
}

/// A repeated duty is opened as soon as it applies; one that waits for a fact, with its first fact.
Drafts Judge::applies() {
    if (definition_.steps.empty()) return {};
    const bool valid = today_ >= definition_.valid_from &&
                       (!definition_.valid_to || today_ < *definition_.valid_to);
    Scope scope{world_, rules_, now_};
    scope.set(subject_.kind, subject_);
    const bool wanted =
        valid && world_.subject(subject_) != nullptr && scope.holds(definition_.where);
    const bool active = duty_ != nullptr && duty_->active;
    if (wanted && !active && !definition_.upon)
        return {draft(DutyOpened{definition_.id, definition_.version, subject_}, &scope)};
    if (!wanted && active && !definition_.upon)
        return {draft(DutyEnded{"the duty no longer applies to this subject"}, &scope)};
    return {};
}

std::vector<RelatedFact> Judge::occasions_of() const {
    return related_facts(world_, rules_, subject_, definition_.upon->fact);
}

Drafts Judge::occasions() {
    if (!definition_.upon) return {};
    for (const RelatedFact& fact : occasions_of()) {
        if (duty_ != nullptr && among(duty_->occasions, fact.entry->position)) continue;
        if (fact.entry->effective.date < definition_.valid_from) continue;
        Scope scope{world_, rules_, now_};
        scope.set(subject_.kind, subject_);
        scope.set("on", fact.entry->effective.date);
        if (!scope.holds(definition_.where)) continue;
        scope.set(definition_.upon->fact, scope.record_of(fact.subject->id, *fact.entry));
        if (!scope.holds(definition_.upon->where)) continue;
        if (duty_ == nullptr || !duty_->active)
            return {draft(DutyOpened{definition_.id, definition_.version, subject_}, &scope)};
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
    return draft(CycleScheduled{duty_->cycles_made + 1, occasion, definition_.version, deadline},
                 &scope);
}

/// The next turn of a repeated duty, when the deadline of the turn before is met.
Drafts Judge::schedule() {
    if (definition_.upon) return {};
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
    if (cycle.occasion != 0)
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
    if (!cycle.running() || dormant(cycle)) return {};
    using Part = Drafts (Judge::*)(const Cycle&);
    for (const Part part :
         {&Judge::replan, &Judge::satisfy, &Judge::miss, &Judge::meet, &Judge::open,
          &Judge::findings, &Judge::advance, &Judge::owners, &Judge::late_steps, &Judge::ladder})
        if (Drafts drafts = (this->*part)(cycle); !drafts.empty()) return drafts;
    return {};
}

bool Judge::done_before(const registry::FactEntry& act) {
    const Step* step = definition_.step(definition_.met_by);
    if (step == nullptr || !step->done_by) return false;
    Scope scope{world_, rules_, now_};
    scope.set(subject_.kind, subject_);
    scope.set("on", act.effective.date);
    const Value record = scope.record_of(subject_, act);
    scope.set(definition_.upon->fact, record);
    if (!scope.holds(definition_.where) || !scope.holds(definition_.upon->where)) return true;
    for (const RelatedFact& fact : related_facts(world_, rules_, subject_, step->done_by->fact)) {
        if (fact.entry->effective.at >= act.effective.at) continue;
        scope.set("opened_by", record);
        scope.set(step->done_by->fact, scope.record_of(fact.subject->id, *fact.entry));
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
    for (const StepState& step : cycle.steps)
        if (step.status == StepStatus::done) scope.set(step.id, step.on);
    return scope;
}

void Judge::add_occasion(Scope& scope, const Cycle& cycle) {
    if (cycle.occasion == 0 || !definition_.upon) return;
    const auto fact = fact_at(occasions_of(), cycle.occasion);
    if (!fact) return;
    const Value record = scope.record_of(fact->subject->id, *fact->entry);
    scope.set("on", fact->entry->effective.date);
    scope.set(definition_.upon->fact, record);
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
