#include "adapters/server/notice_words.hpp"

#include "adapters/dispatch/facts.hpp"
#include "engine/pdca/people.hpp"

namespace dutylog::server {

namespace {

bool is_person(const pdca::World& world, const Reference& subject) {
    const auto& kinds = world.rules->library().kinds;
    const auto found = kinds.find(subject.kind);
    return found != kinds.end() && found->second.person;
}

const pdca::Deadline& deadline_of(const pdca::Cycle& cycle, const std::string& step) {
    const pdca::StepState* own = cycle.step(step);
    return own != nullptr && own->deadline.kind != pdca::DeadlineKind::none ? own->deadline
                                                                            : cycle.deadline;
}

}  // namespace

std::string shown_name(const pdca::World& world, const Reference& subject) {
    const registry::Subject* known = world.subject(subject);
    if (known == nullptr || is_person(world, subject)) return subject.id;
    const auto* name = known->name.as<std::string>();
    return name == nullptr || name->empty() ? subject.id : *name;
}

Text step_title(const pdca::World& world, const pdca::Duty& duty, const pdca::Cycle& cycle,
                const std::string& step) {
    const auto* definition = world.pinned(duty.definition, cycle.version);
    const auto* known = definition == nullptr ? nullptr : definition->step(step);
    if (known == nullptr || known->title.empty()) return {step, step};
    return known->title;
}

std::optional<notice::NoticeFacts> facts_of(const pdca::World& world, const pdca::Duty& duty,
                                            const pdca::NoticeState& told,
                                            const std::string& person, Instant now) {
    const pdca::Cycle* cycle = duty.cycle(told.cycle);
    const auto* definition =
        cycle == nullptr ? nullptr : world.pinned(duty.definition, cycle->version);
    if (definition == nullptr) return {};
    notice::NoticeFacts facts;
    facts.notice = told.id;
    facts.person = person;
    facts.kind = dispatch::kind_of(told.kind);
    (dispatch::is_answer(told.kind) ? facts.decided_by : facts.asked_by) = told.by.str();
    facts.duty = definition->title;
    if (!told.step.empty()) facts.step = step_title(world, duty, *cycle, told.step);
    facts.subject = shown_name(world, duty.subject);
    facts.subject_is_person = is_person(world, duty.subject);
    const pdca::StepState* step = cycle->step(told.step.empty() ? definition->met_by : told.step);
    if (step != nullptr) facts.owner = step->owner.str();
    if (step != nullptr && !step->more_time.empty() && told.kind == pdca::NoticeKind::decision)
        facts.until = step->more_time.front().until;
    facts.due = deadline_of(*cycle, told.step).effective();
    facts.days_left = facts.due->days - world.rules->zone().local(now).date.days;
    facts.ordinal = static_cast<std::uint16_t>(told.rung + 1);
    facts.critical = facts.days_left < 0;
    return facts;
}

}  // namespace dutylog::server
