#include <algorithm>

#include "engine/calendar/repeat.hpp"
#include "engine/pdca/judge.hpp"

/// When a duty begins, and when each of its turns does and is due.
namespace dutylog::pdca {

namespace {

bool among(const std::vector<Position>& positions, Position position) {
    return std::binary_search(positions.begin(), positions.end(), position);
}

bool holds(const std::vector<Position>& positions, Position position) {
    return std::find(positions.begin(), positions.end(), position) != positions.end();
}

}  // namespace

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

}  // namespace dutylog::pdca
