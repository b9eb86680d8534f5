#include "engine/pdca/clock.hpp"

namespace dutylog::pdca {

using definition::ClockKind;

namespace {

calendar::DueDate moment(Instant at, const Rules& rules) {
    calendar::DueDate due;
    due.nominal = rules.zone().local(at).date;
    due.effective = due.nominal;
    due.due_at = at;
    due.exact = true;
    due.calendar = rules.calendar().id();
    due.calendar_version = rules.calendar().version();
    due.zone = rules.zone().name();
    due.zone_version = rules.zone().version();
    return due;
}

/// What became due through late knowledge is enforced from the day it became known.
void enforce(Deadline& deadline, const ClockInputs& inputs, const Rules& rules) {
    deadline.enforced = deadline.rule.effective;
    deadline.ends = deadline.rule.exact ? deadline.rule.due_at + Elapsed{1} : deadline.rule.due_at;
    if (deadline.ends > inputs.now) return;
    const CivilDate known = rules.zone().local(inputs.now).date;
    const calendar::DueRule grace{inputs.grace, calendar::Direction::after, calendar::Roll::none,
                                  calendar::Convention::civil_code};
    const calendar::DueDate due =
        calendar::compute_due(known, grace, rules.calendar(), rules.zone());
    deadline.late_known = true;
    deadline.enforced = due.effective;
    deadline.ends = rules.zone().day_end(due.effective);
}

Deadline at_once(const ClockInputs& inputs, const Rules& rules) {
    Deadline deadline;
    deadline.kind = DeadlineKind::at_once;
    deadline.rule = moment(inputs.now, rules);
    deadline.enforced = deadline.rule.nominal;
    deadline.ends = rules.zone().day_end(deadline.rule.nominal);
    if (inputs.clock->tolerance) {
        const calendar::DueRule rule{*inputs.clock->tolerance, calendar::Direction::after,
                                     calendar::Roll::none, calendar::Convention::civil_code};
        deadline.ends =
            calendar::compute_due(inputs.now, rule, rules.calendar(), rules.zone()).due_at;
    }
    return deadline;
}

Deadline before(const ClockInputs& inputs, const Rules& rules) {
    Deadline deadline;
    deadline.kind = DeadlineKind::before;
    deadline.rule = moment(inputs.occasion, rules);
    deadline.enforced = deadline.rule.nominal;
    deadline.ends = inputs.occasion;
    return deadline;
}

}  // namespace

calendar::DueDate due_on(CivilDate day, calendar::Roll roll, const Scope& scope,
                         const Rules& rules) {
    if (const Scope::Counted* counted = scope.counted(Value{day})) {
        calendar::DueRule rule = counted->rule;
        rule.roll = roll;
        return calendar::compute_due(counted->base, rule, rules.calendar(), rules.zone());
    }
    return calendar::fixed_due(day, roll, rules.calendar(), rules.zone());
}

std::optional<Deadline> deadline_of(const ClockInputs& inputs, Scope& scope, const Rules& rules) {
    Deadline deadline;
    switch (inputs.clock->kind) {
        case ClockKind::at_once:
            deadline = at_once(inputs, rules);
            break;
        case ClockKind::before:
            deadline = before(inputs, rules);
            break;
        case ClockKind::date:
        case ClockKind::window: {
            if (inputs.clock->due == nullptr) return std::nullopt;
            const Value value = rule::evaluate(*inputs.clock->due, scope);
            const bool window = inputs.clock->kind == ClockKind::window;
            deadline.kind = window ? DeadlineKind::window : DeadlineKind::date;
            if (const auto* day = value.as<CivilDate>())
                deadline.rule =
                    due_on(*day, window ? calendar::Roll::none : inputs.roll, scope, rules);
            else if (const auto* at = value.as<Instant>())
                deadline.rule = moment(*at, rules);
            else
                return std::nullopt;
            if (window && inputs.clock->from != nullptr) {
                const Value from = rule::evaluate(*inputs.clock->from, scope);
                if (const auto* day = from.as<CivilDate>()) deadline.window_from = *day;
            }
            enforce(deadline, inputs, rules);
            break;
        }
    }
    deadline.expression = inputs.clock->text;
    return deadline;
}

}  // namespace dutylog::pdca
