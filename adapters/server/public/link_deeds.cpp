#include "adapters/server/public/link_deeds.hpp"

#include <algorithm>

#include "adapters/dispatch/lookout.hpp"
#include "adapters/server/public/link_more_time.hpp"
#include "adapters/server/public/link_told.hpp"
#include "engine/pdca/people.hpp"

namespace dutylog::server {

using notice::LinkPurpose;
using pdca::StepState;

namespace {

constexpr std::string_view channel = "link";

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
            return postpone_page(link);
        case LinkPurpose::grant:
        case LinkPurpose::refuse:
            return decide_page(link);
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

Ordered delegate(const FollowedLink& link, const Form& form) {
    const Told told = told_by(link);
    const StepState* step = chosen(steps_of(link, told), form);
    if (step == nullptr) return missing(no_such_step);
    const ActorId to{entered(form, "to")};
    if (pdca::person_reference(link.world, *link.world.rules, to).empty() || to == step->owner)
        return missing({"没有此人员编号，或步骤已由其负责。",
                        "Nobody has this id, or the step is theirs already."});
    const auto reason = reason_in(form);
    if (!reason) return missing(reason.error());
    return pdca::ReassignStep{told.duty->stream, told.cycle->number, step->id, to, *reason};
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
            return postpone_order(link, form);
        case LinkPurpose::grant:
        case LinkPurpose::refuse:
            return decide_order(link, form);
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

std::string digest_choice(const pdca::World& world, const std::string& person) {
    return dispatch::digest_choice(world, person);
}

}  // namespace dutylog::server
