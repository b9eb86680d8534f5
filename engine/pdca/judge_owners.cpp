#include "engine/pdca/asked.hpp"
#include "engine/pdca/judge.hpp"
#include "engine/pdca/people.hpp"

/// Open steps without an owner, and steps that are late.
namespace dutylog::pdca {

/// Nobody holds the role of an open step: it is on the record, and whoever stands in is told.
Drafts Judge::vacancy(const Cycle& cycle, const std::string& step, const std::string& role,
                      const ActorId& stands_in) const {
    NoticePlanned notice;
    notice.notice = notice_id(*duty_, cycle.number, step + ".vacant");
    notice.kind = NoticeKind::vacancy;
    notice.cycle = cycle.number;
    notice.step = step;
    notice.due = now_;
    notice.subject_line = role;
    if (!stands_in.empty()) notice.to.push_back({stands_in.str(), "principal"});
    return {draft(OwnerMissing{cycle.number, step, role, stands_in}), draft(notice)};
}

/// A holder who left, or a new one for a vacant step.
Drafts Judge::owners(const Cycle& cycle) {
    for (const StepState& state : cycle.steps) {
        if (state.status != StepStatus::open) continue;
        const ActorId found = holder(world_, rules_, state.role, subject_, now_);
        if (state.vacant && !found.empty())
            return {draft(OwnerFound{cycle.number, state.id, found})};
        if (!state.vacant && found.empty() && !state.owner.empty() && !state.role.empty())
            return vacancy(cycle, state.id, state.role, principal(world_, rules_, subject_, now_));
    }
    return {};
}

/// Steps with a clock of their own.
Drafts Judge::late_steps(const Cycle& cycle) {
    for (const StepState& state : cycle.steps) {
        if (state.status != StepStatus::open || state.missed ||
            state.deadline.kind == DeadlineKind::none)
            continue;
        const Step* step = definition_.step(state.id);
        const bool against = step != nullptr && state.deadline.kind == DeadlineKind::at_once &&
                             now_ > state.opened && contradicted(*step, state.opened);
        if (now_ < state.deadline.ends && !against) continue;
        if (assumed(state.deadline)) continue;
        return {missed(cycle, state.id, against ? Breach::contradicted : Breach::overdue,
                       state.deadline)};
    }
    return {};
}

}  // namespace dutylog::pdca
