#include "adapters/dispatch/facts.hpp"

#include <algorithm>

namespace dutylog::dispatch {

using notice::NoticeFacts;

namespace {

bool is_person(const pdca::World& world, const Reference& subject) {
    const auto& kinds = world.rules->library().kinds;
    const auto found = kinds.find(subject.kind);
    return found != kinds.end() && found->second.person;
}

bool has_confidential(const pdca::Rules& rules, const std::string& fact) {
    const definition::FactType* type = rules.fact(fact);
    return type != nullptr && std::ranges::any_of(type->fields, [](const auto& field) {
               return !field.confidential.empty();
           });
}

/// The first around it that has a name of its own: a workshop, a site.
Text place_of(const Lookout& lookout, const Reference& subject) {
    const registry::Subject* known = lookout.world().subject(subject);
    while (known != nullptr && !known->parent.empty()) {
        const std::string name = lookout.name_of(known->parent);
        if (name != known->parent.id) return {name, name};
        known = lookout.world().subject(known->parent);
    }
    return {};
}

void add_deadline(NoticeFacts& facts, const pdca::Deadline& deadline, CivilDate today) {
    if (deadline.kind == pdca::DeadlineKind::none) return;
    facts.due = deadline.enforced;
    facts.days_left = deadline.enforced.days - today.days;
}

/// Which one of its series it is: what was planned before for the same work counts.
void add_series(NoticeFacts& facts, const pdca::Duty& duty, const pdca::NoticePlanned& event) {
    for (const pdca::NoticeState& each : duty.notices) {
        if (each.cycle != event.cycle || each.step != event.step) continue;
        if (facts.first_notice.empty()) facts.first_notice = each.id;
        if (each.id == event.notice) return;
        ++facts.ordinal;
    }
}

/// Who should have been told in the first place.
std::string unreached_by(const Lookout& lookout, const pdca::Duty& duty,
                         const pdca::NoticePlanned& event) {
    for (const pdca::NoticeState& each : duty.notices)
        if (each.id + "/next" == event.notice && !each.to.empty())
            return lookout.name_of_person(each.to.front().person);
    return {};
}

void add_duty(NoticeFacts& facts, const Lookout& lookout, const pdca::Duty& duty,
              const pdca::NoticePlanned& event, CivilDate today) {
    const pdca::World& world = lookout.world();
    const pdca::Cycle* cycle = duty.cycle(event.cycle);
    const auto* definition =
        cycle == nullptr ? world.rule_of(duty) : world.pinned(duty.definition, cycle->version);
    if (definition != nullptr) {
        facts.duty = definition->title;
        facts.discreet = is_discreet(*world.rules, *definition);
        if (const auto* step = definition->step(event.step)) facts.step = step->title;
    }
    add_series(facts, duty, event);
    if (event.kind == pdca::NoticeKind::undelivered)
        facts.deputed_by = unreached_by(lookout, duty, event);
    if (!event.by.empty())
        (is_answer(event.kind) ? facts.decided_by : facts.asked_by) =
            lookout.name_of_person(event.by.str());
    facts.reason = event.reason;
    if (cycle == nullptr) return;
    const std::string met_by = definition == nullptr ? "" : definition->met_by;
    const pdca::StepState* step = cycle->step(event.step.empty() ? met_by : event.step);
    const bool own = step != nullptr && !event.step.empty();
    add_deadline(facts, own ? step->deadline : cycle->deadline, today);
    if (step != nullptr && !step->owner.empty())
        facts.owner = lookout.name_of_person(step->owner.str());
    if (step != nullptr && !step->more_time.empty() && event.kind == pdca::NoticeKind::decision)
        facts.until = step->more_time.front().until;
}

/// A gate's notice stands with the subject: what was refused is an act.
void add_act(NoticeFacts& facts, const pdca::World& world, const pdca::NoticePlanned& event) {
    const auto* act = world.rules->fact(event.subject_line);
    facts.duty = act == nullptr ? Text{event.subject_line, event.subject_line} : act->title;
    facts.first_notice = event.notice;
}

}  // namespace

notice::Kind kind_of(pdca::NoticeKind kind) {
    switch (kind) {
        case pdca::NoticeKind::reminder:
            return notice::Kind::reminder;
        case pdca::NoticeKind::escalation:
            return notice::Kind::escalation;
        case pdca::NoticeKind::gate:
            return notice::Kind::gate;
        case pdca::NoticeKind::vacancy:
            return notice::Kind::vacancy;
        case pdca::NoticeKind::undelivered:
            return notice::Kind::undelivered;
        case pdca::NoticeKind::urge:
            return notice::Kind::urge;
        case pdca::NoticeKind::signature:
            return notice::Kind::signature;
        case pdca::NoticeKind::decision:
            return notice::Kind::decision;
        case pdca::NoticeKind::more_time_granted:
            return notice::Kind::more_time_granted;
        case pdca::NoticeKind::more_time_refused:
            return notice::Kind::more_time_refused;
    }
    return notice::Kind::reminder;
}

bool is_answer(pdca::NoticeKind kind) {
    return kind == pdca::NoticeKind::more_time_granted ||
           kind == pdca::NoticeKind::more_time_refused;
}

bool is_discreet(const pdca::Rules& rules, const definition::Definition& definition) {
    if (definition.upon) return has_confidential(rules, definition.upon->fact);
    return definition.access.contains("medical") && rules.waits_to_be_run(definition);
}

NoticeFacts facts_of(const Lookout& lookout, const OpenNotice& open, const std::string& person,
                     Instant at) {
    const pdca::World& world = lookout.world();
    const pdca::Duty* duty = world.duty(open.stream);
    const Reference subject =
        duty != nullptr ? duty->subject : pdca::subject_of_stream(open.stream);
    NoticeFacts facts;
    facts.notice = open.event.notice;
    facts.person = person;
    facts.kind = kind_of(open.event.kind);
    facts.subject = lookout.name_of(subject);
    facts.subject_is_person = is_person(world, subject);
    facts.place = place_of(lookout, subject);
    if (duty != nullptr)
        add_duty(facts, lookout, *duty, open.event, world.rules->zone().local(at).date);
    else
        add_act(facts, world, open.event);
    return facts;
}

}  // namespace dutylog::dispatch
