#include "adapters/server/public/link_deeds.hpp"

#include <algorithm>

#include "adapters/dispatch/lookout.hpp"
#include "engine/notice/plain_text.hpp"
#include "engine/pdca/people.hpp"

namespace dutylog::server {

using notice::LinkPurpose;
using pdca::Cycle;
using pdca::Duty;
using pdca::StepState;

namespace {

constexpr std::size_t reason_bytes_max = 1'000;
constexpr std::string_view channel = "link";

/// The notice of a link, with the duty and cycle it told of; all null where they are gone.
struct Told {
    const Duty* duty = nullptr;
    const Cycle* cycle = nullptr;
    const definition::Definition* definition = nullptr;
    std::string step;  ///< empty for the duty as a whole
    std::string role;  ///< as which the person was told
};

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

/// Open steps that the person may put off or hand on: their own, and as head or as the accountable
/// also those of others.
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

/// Those with days left before the duty's own deadline, which nobody can put off.
std::vector<const StepState*> postponable(const FollowedLink& link, const Told& told) {
    auto steps = steps_of(link, told);
    std::erase_if(steps, [&](const StepState* step) {
        return step->id == told.definition->met_by ||
               step->deadline.effective() >= told.cycle->deadline.effective();
    });
    return steps;
}

Text title_of(const Told& told, const StepState& step) {
    const definition::Step* known = told.definition->step(step.id);
    return known == nullptr || known->title.empty() ? Text{step.id, step.id} : known->title;
}

PageField step_field(const Told& told, const std::vector<const StepState*>& steps) {
    PageField field{.name = "step", .label = {"步骤", "Step"}};
    for (const StepState* step : steps) field.choices.emplace_back(step->id, title_of(told, *step));
    return field;
}

PageField reason_field() { return {.name = "reason", .label = {"理由", "Reason"}}; }

/// Who can approve a postponement of this person: not the person.
std::vector<std::pair<std::string, Text>> approvers(const FollowedLink& link, const Told& told) {
    std::vector<std::pair<std::string, Text>> found;
    const pdca::Rules& rules = *link.world.rules;
    const auto add = [&](const ActorId& who, const Text& as) {
        const auto same = [&](const auto& known) { return known.first == who.str(); };
        if (who.empty() || who.str() == link.claims.person || std::ranges::any_of(found, same))
            return;
        found.push_back({who.str(), {as.zh_cn + " " + who.str(), as.en + " " + who.str()}});
    };
    add(pdca::head_of(link.world, rules, ActorId{link.claims.person}, link.now), {"上级", "Head"});
    add(pdca::holder(link.world, rules, told.definition->accountable, told.duty->subject, link.now),
        {"负责人", "Accountable"});
    add(pdca::principal(link.world, rules, told.duty->subject, link.now),
        {"主要负责人", "Person in charge"});
    return found;
}

std::string entered(const Form& form, std::string_view name) {
    const auto found = form.find(name);
    return found == form.end() ? std::string{} : notice::one_line(found->second);
}

/// A page that says what the notice was about, as far as anybody with the link may know.
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

Page postpone_page(const FollowedLink& link, const Told& told) {
    Page page = about(told, {"申请延期", "Ask for more time"});
    const auto steps = postponable(link, told);
    if (steps.empty()) {
        page.words.push_back({"没有您可以延期的步骤：义务本身的法定期限不能延期。",
                              "There is no step that you can put off: the deadline of the duty "
                              "itself cannot be."});
        return page;
    }
    const auto by = approvers(link, told);
    if (by.empty()) {
        page.words.push_back({"没有可以批准延期的人员。", "There is nobody who could approve it."});
        return page;
    }
    PageField until{.name = "until",
                    .label = {"延至", "Until"},
                    .is_date = true,
                    .max = to_string(told.cycle->deadline.effective())};
    PageField approver{.name = "approver", .label = {"批准人", "Approved by"}, .choices = by};
    page.form = {{step_field(told, steps), until, approver, reason_field()}, {"延期", "Put off"}};
    return page;
}

Page delegate_page(const FollowedLink& link, const Told& told) {
    Page page = about(told, {"转交", "Hand on"});
    const auto steps = steps_of(link, told);
    if (steps.empty()) {
        page.words.push_back({"没有您可以转交的步骤。", "There is no step that you can hand on."});
        return page;
    }
    PageField to{.name = "to", .label = {"转交给（人员编号）", "To (id of the person)"}};
    page.form = {{step_field(told, steps), to, reason_field()}, {"转交", "Hand on"}};
    return page;
}

Page plain_page(const Told& told, Text title, Text button) {
    Page page = about(told, std::move(title));
    page.form = PageForm{{}, std::move(button)};
    return page;
}

Page page_for(const FollowedLink& link) {
    const Told told = told_by(link);
    switch (link.claims.purpose) {
        case LinkPurpose::postpone:
            return postpone_page(link, told);
        case LinkPurpose::delegate:
            return delegate_page(link, told);
        case LinkPurpose::open:
            return plain_page(told, {"待办事项", "What is to be done"}, {"已读", "I have read it"});
        case LinkPurpose::unsubscribe:
            return {
                .title = {"退订摘要", "No more digests"},
                .words = {{"此后各事项将单独通知；法定义务的通知不能退订。",
                           "From then on each thing is told by itself; nobody unsubscribes from "
                           "a duty of law."}},
                .form = PageForm{{}, {"退订", "No more digests"}}};
        default:
            return plain_page(told, {"确认知悉", "Acknowledge"}, {"知道了", "I know of it"});
    }
}

using Ordered = std::expected<pdca::Command, Text>;

std::unexpected<Text> missing(Text words) { return std::unexpected{std::move(words)}; }

/// The step that was chosen, if it is still one of those that may be.
const StepState* chosen(const std::vector<const StepState*>& steps, const Form& form) {
    const std::string id = entered(form, "step");
    const auto found = std::ranges::find(steps, id, [](const StepState* step) { return step->id; });
    return found == steps.end() ? nullptr : *found;
}

const Text no_step{"该步骤已不能如此处理。", "This can no longer be done with that step."};
const Text no_reason{"请写明理由。", "Please give a reason."};

Ordered postpone(const FollowedLink& link, const Form& form) {
    const Told told = told_by(link);
    const StepState* step = chosen(postponable(link, told), form);
    if (step == nullptr) return missing(no_step);
    const auto until = parse_civil_date(entered(form, "until"));
    const CivilDate last = told.cycle->deadline.effective();
    if (!until || *until <= step->deadline.effective() || *until > last)
        return missing({"日期应晚于 " + to_string(step->deadline.effective()) + "，不晚于 " +
                            to_string(last) + "。",
                        "The date is to be after " + to_string(step->deadline.effective()) +
                            " and not after " + to_string(last) + "."});
    const std::string reason = entered(form, "reason");
    if (reason.empty() || reason.size() > reason_bytes_max) return missing(no_reason);
    const auto by = approvers(link, told);
    const std::string approver = entered(form, "approver");
    if (std::ranges::find(by, approver, [](const auto& one) { return one.first; }) == by.end())
        return missing({"请选择批准人。", "Please choose who approves it."});
    return pdca::PostponeStep{
        told.duty->stream, told.cycle->number, step->id, *until, ActorId{approver}, reason};
}

Ordered delegate(const FollowedLink& link, const Form& form) {
    const Told told = told_by(link);
    const StepState* step = chosen(steps_of(link, told), form);
    if (step == nullptr) return missing(no_step);
    const ActorId to{entered(form, "to")};
    if (pdca::person_reference(link.world, *link.world.rules, to).empty() || to == step->owner)
        return missing({"没有此人员编号，或步骤已由其负责。",
                        "Nobody has this id, or the step is theirs already."});
    const std::string reason = entered(form, "reason");
    if (reason.empty() || reason.size() > reason_bytes_max) return missing(no_reason);
    return pdca::ReassignStep{told.duty->stream, told.cycle->number, step->id, to, reason};
}

pdca::RecordDelivery delivery(const FollowedLink& link, pdca::Delivery outcome) {
    pdca::RecordDelivery order;
    order.notice = link.claims.notice;
    order.person = link.claims.person;
    order.outcome = outcome;
    order.channel = channel;
    return order;
}

Ordered unsubscribe(const FollowedLink& link) {
    pdca::RecordDelivery order = delivery(link, pdca::Delivery::skipped);
    order.notice = digest_choice(link.world, link.claims.person);
    if (order.notice.empty()) return missing({"没有此人员。", "There is no such person any more."});
    order.detail = "unsubscribed";
    return order;
}

}  // namespace

Page link_page(const FollowedLink& link, const Form& form, Text problem) {
    Page page = page_for(link);
    page.problem = std::move(problem);
    if (!page.problem.empty()) page.status = 422;
    if (!page.form) return page;
    for (PageField& field : page.form->fields) field.value = entered(form, field.name);
    return page;
}

Ordered link_order(const FollowedLink& link, const Form& form) {
    switch (link.claims.purpose) {
        case LinkPurpose::postpone:
            return postpone(link, form);
        case LinkPurpose::delegate:
            return delegate(link, form);
        case LinkPurpose::unsubscribe:
            return unsubscribe(link);
        case LinkPurpose::open:
            return delivery(link, pdca::Delivery::read);
        default:
            return delivery(link, pdca::Delivery::acknowledged);
    }
}

Page done_page(LinkPurpose purpose) {
    const Text recorded{
        "已记录。此链接不再有效，可以关闭此页。",
        "This is on the record. The link has done its work; you may close this page."};
    switch (purpose) {
        case LinkPurpose::postpone:
            return {.title = {"已延期", "Put off"}, .words = {recorded}};
        case LinkPurpose::delegate:
            return {.title = {"已转交", "Handed on"}, .words = {recorded}};
        case LinkPurpose::unsubscribe:
            return {.title = {"已退订摘要", "No more digests"}, .words = {recorded}};
        case LinkPurpose::open:
            return {.title = {"已读", "Read"}, .words = {recorded}};
        default:
            return {.title = {"已确认知悉", "Acknowledged"}, .words = {recorded}};
    }
}

Page used_page() {
    return {.status = 410,
            .title = {"此链接已使用过", "This link was used before"},
            .words = {{"每个链接只生效一次；没有再次记录。",
                       "Each link works once; nothing was recorded again."}}};
}

Page unknown_page() {
    return {
        .status = 404,
        .title = {"链接无效", "This link is not valid"},
        .words = {{"链接不完整、被更改，或不是由本系统发出。请从原消息中重新打开。",
                   "It is cut short, was changed, or was not made here. Open it from the message "
                   "again."}}};
}

Page expired_page() {
    return {.status = 410,
            .title = {"链接已过期", "This link has expired"},
            .words = {{"请登录系统处理，或等待下一次通知。",
                       "Sign in to do it, or wait for the next message."}}};
}

std::string digest_choice(const pdca::World& world, const std::string& person) {
    return dispatch::digest_choice(world, person);
}

}  // namespace dutylog::server
