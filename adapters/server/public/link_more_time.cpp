#include "adapters/server/public/link_more_time.hpp"

#include <algorithm>

#include "engine/pdca/people.hpp"

namespace dutylog::server {

using pdca::StepState;

namespace {

/// Those with days left before the duty's own deadline, which nobody can put off, and for which
/// nobody has asked yet.
std::vector<const StepState*> postponable(const FollowedLink& link, const Told& told) {
    auto steps = steps_of(link, told);
    std::erase_if(steps, [&](const StepState* step) {
        return step->id == told.definition->met_by || !step->more_time.empty() ||
               step->deadline.effective() >= told.cycle->deadline.effective();
    });
    return steps;
}

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

/// The step for which this person was asked to decide; null where it is decided or over.
const StepState* asked_for(const FollowedLink& link, const Told& told) {
    const StepState* step = told.cycle == nullptr ? nullptr : told.cycle->step(told.step);
    const bool waits = step != nullptr && !step->more_time.empty() &&
                       step->more_time.front().approver.str() == link.claims.person;
    return waits ? step : nullptr;
}

}  // namespace

Page postpone_page(const FollowedLink& link) {
    const Told told = told_by(link);
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
    PageField approver{.name = "approver", .label = {"批准人", "Who decides"}, .choices = by};
    page.form = {{step_field(told, steps), until, approver, reason_field()}, {"申请延期", "Ask"}};
    return page;
}

Ordered postpone_order(const FollowedLink& link, const Form& form) {
    const Told told = told_by(link);
    const StepState* step = chosen(postponable(link, told), form);
    if (step == nullptr) return missing(no_such_step);
    const auto until = parse_civil_date(entered(form, "until"));
    const CivilDate last = told.cycle->deadline.effective();
    if (!until || *until <= step->deadline.effective() || *until > last)
        return missing({"日期应晚于 " + to_string(step->deadline.effective()) + "，不晚于 " +
                            to_string(last) + "。",
                        "The date is to be after " + to_string(step->deadline.effective()) +
                            " and not after " + to_string(last) + "."});
    const auto reason = reason_in(form);
    if (!reason) return missing(reason.error());
    const auto by = approvers(link, told);
    const std::string approver = entered(form, "approver");
    if (std::ranges::find(by, approver, [](const auto& one) { return one.first; }) == by.end())
        return missing({"请选择批准人。", "Please choose who decides on it."});
    return pdca::AskPostponement{
        told.duty->stream, told.cycle->number, step->id, *until, ActorId{approver}, *reason};
}

Page decide_page(const FollowedLink& link) {
    const bool grants = link.claims.purpose == notice::LinkPurpose::grant;
    const Told told = told_by(link);
    Page page = about(told, grants ? Text{"同意延期", "Grant more time"}
                                   : Text{"不同意延期", "Refuse more time"});
    const StepState* step = asked_for(link, told);
    if (step == nullptr) {
        if (told.cycle != nullptr)
            page.words.push_back(
                {"没有待您批准的延期申请。", "There is nothing to decide any more."});
        return page;
    }
    const std::string until = to_string(step->more_time.front().until);
    page.facts.push_back({{"申请延至", "More time until"}, {until, until}});
    if (grants)
        page.form = PageForm{{}, {"同意", "Grant"}};
    else
        page.form = PageForm{{reason_field()}, {"不同意", "Refuse"}};
    return page;
}

Ordered decide_order(const FollowedLink& link, const Form& form) {
    const bool grants = link.claims.purpose == notice::LinkPurpose::grant;
    const Told told = told_by(link);
    const StepState* step = asked_for(link, told);
    if (step == nullptr) return missing(no_such_step);
    pdca::DecidePostponement order{told.duty->stream, told.cycle->number, step->id, grants, {}};
    if (grants) return order;
    const auto reason = reason_in(form);
    if (!reason) return missing(reason.error());
    order.reason = *reason;
    return order;
}

}  // namespace dutylog::server
