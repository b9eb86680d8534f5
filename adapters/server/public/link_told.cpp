#include "adapters/server/public/link_told.hpp"

#include <algorithm>

#include "engine/notice/plain_text.hpp"

namespace dutylog::server {

using pdca::StepState;

namespace {

Text title_of(const Told& told, const StepState& step) {
    const definition::Step* known = told.definition->step(step.id);
    return known == nullptr || known->title.empty() ? Text{step.id, step.id} : known->title;
}

}  // namespace

const Text no_such_step{"该步骤已不能如此处理。", "This can no longer be done with that step."};

Told told_by(const FollowedLink& link) {
    Told told;
    const std::string& id = link.claims.notice;
    told.duty = link.world.duty(StreamId{id.substr(0, id.find('#'))});
    if (told.duty == nullptr) return told;
    told.definition = link.world.rule_of(*told.duty);
    for (const pdca::NoticeState& each : told.duty->notices) {
        if (each.id != id) continue;
        told.cycle = told.duty->cycle(each.cycle);
        told.step = each.step;
        for (const auto& to : each.to)
            if (to.person == link.claims.person) told.role = to.role;
    }
    if (told.cycle != nullptr)
        told.definition = link.world.pinned(told.duty->definition, told.cycle->version);
    return told;
}

std::vector<const StepState*> steps_of(const FollowedLink& link, const Told& told) {
    std::vector<const StepState*> found;
    if (told.cycle == nullptr || told.definition == nullptr) return found;
    const bool stands_above = told.role == "head" || told.role == "accountable";
    for (const StepState& step : told.cycle->steps) {
        const bool meant = told.step.empty() || told.step == step.id;
        const bool may = stands_above || step.owner.str() == link.claims.person;
        if (step.status == pdca::StepStatus::open && meant && may) found.push_back(&step);
    }
    return found;
}

PageField step_field(const Told& told, const std::vector<const StepState*>& steps) {
    PageField field{.name = "step", .label = {"步骤", "Step"}};
    for (const StepState* step : steps) field.choices.emplace_back(step->id, title_of(told, *step));
    return field;
}

PageField reason_field() { return {.name = "reason", .label = {"理由", "Reason"}}; }

std::string entered(const Form& form, std::string_view name) {
    const auto found = form.find(name);
    return found == form.end() ? std::string{} : notice::one_line(found->second);
}

const StepState* chosen(const std::vector<const StepState*>& steps, const Form& form) {
    const std::string id = entered(form, "step");
    const auto found = std::ranges::find(steps, id, [](const StepState* step) { return step->id; });
    return found == steps.end() ? nullptr : *found;
}

std::expected<std::string, Text> reason_in(const Form& form) {
    std::string reason = entered(form, "reason");
    if (reason.empty() || reason.size() > link_reason_bytes_max)
        return missing({"请写明理由。", "Please give a reason."});
    return reason;
}

Page about(const Told& told, Text title) {
    Page page{.title = std::move(title)};
    if (told.definition != nullptr)
        page.facts.push_back({{"事项", "Duty"}, told.definition->title});
    if (told.cycle == nullptr) {
        page.words.push_back({"该事项已了结。", "This has been settled meanwhile."});
        return page;
    }
    if (const StepState* step = told.cycle->step(told.step))
        page.facts.push_back({{"步骤", "Step"}, title_of(told, *step)});
    const StepState* step = told.cycle->step(told.step);
    const bool own = step != nullptr && step->deadline.kind != pdca::DeadlineKind::none;
    const std::string due = to_string((own ? step->deadline : told.cycle->deadline).effective());
    page.facts.push_back({{"截止", "Due"}, {due, due}});
    return page;
}

}  // namespace dutylog::server
