#include "engine/pdca/asked.hpp"

#include <algorithm>

#include "engine/pdca/people.hpp"

namespace dutylog::pdca {

namespace {

bool has_approved(const StepState& state, const std::string& role) {
    return std::ranges::any_of(
        state.approvals, [&](const std::string& given) { return given.starts_with(role + "="); });
}

}  // namespace

bool leads_away(const definition::Step& step, const std::string& outcome) {
    return std::ranges::any_of(
        step.outcomes, [&](const auto& each) { return each.id == outcome && !each.go.empty(); });
}

const Signer* unsigned_by(const StepState& step) {
    if (step.status != StepStatus::done) return nullptr;
    const auto found = std::ranges::find(step.signers, false, &Signer::has_signed);
    return found == step.signers.end() ? nullptr : &*found;
}

bool is_complete(const definition::Definition& definition, const Cycle& cycle,
                 const definition::Step& step) {
    const StepState* state = cycle.step(step.id);
    if (state == nullptr) return false;
    if (state->status == StepStatus::left_out || state->status == StepStatus::carried)
        return step.id != definition.met_by;
    if (state->status != StepStatus::done || leads_away(step, state->outcome)) return false;
    if (unsigned_by(*state) != nullptr) return false;
    const auto approved = [&](const std::string& role) { return has_approved(*state, role); };
    if (!std::ranges::all_of(step.approve, approved)) return false;
    return !step.measure || step.verified_by.empty() || state->verified;
}

std::vector<Asked> waited_for(const World& world, const Duty& duty, const Cycle& cycle,
                              const definition::Step& step, Instant now) {
    std::vector<Asked> found;
    const auto add = [&](const ActorId& person, const std::string& role) {
        if (!person.empty() && std::ranges::find(found, person, &Asked::person) == found.end())
            found.push_back({person, role});
    };
    const StepState* state = cycle.step(step.id);
    if (state == nullptr) return found;
    if (state->status == StepStatus::open) add(state->owner, "owner");
    if (state->status != StepStatus::done || leads_away(step, state->outcome)) return found;
    const auto holds = [&](const std::string& role) {
        return holder(world, *world.rules, role, duty.subject, now);
    };
    for (const std::string& role : step.approve)
        if (!has_approved(*state, role)) add(holds(role), role);
    for (const Signer& signer : state->signers)
        if (!signer.has_signed) add(signer.person, "signer");
    if (step.measure && !step.verified_by.empty() && !state->verified)
        add(holds(step.verified_by), step.verified_by);
    return found;
}

std::string notice_id(const Duty& duty, CycleNumber cycle, const std::string& what) {
    const std::string id = duty.stream.str() + "#" + std::to_string(cycle) + "." + what;
    const auto same = [&](const NoticeState& each) {
        return each.id == id || (each.id.starts_with(id + "~") && !each.id.ends_with("/next"));
    };
    const auto earlier = std::ranges::count_if(duty.notices, same);
    return earlier == 0 ? id : id + "~" + std::to_string(earlier + 1);
}

std::size_t times_urged(const Duty& duty, CycleNumber cycle, const std::string& step,
                        const ActorId& person, const Rules& rules, Instant now) {
    const auto working_day = [&](Instant at) {
        return rules.calendar().workday_on_or_before(rules.zone().local(at).date);
    };
    const CivilDate today = working_day(now);
    const auto same = [&](const NoticeState& each) {
        return each.kind == NoticeKind::urge && each.cycle == cycle && each.step == step &&
               working_day(each.planned) == today &&
               std::ranges::find(each.to, person.str(), &NoticeState::Person::person) !=
                   each.to.end();
    };
    return static_cast<std::size_t>(std::ranges::count_if(duty.notices, same));
}

}  // namespace dutylog::pdca
