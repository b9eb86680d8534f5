#include <algorithm>
#include <iterator>

#include "engine/pdca/asked.hpp"
#include "engine/pdca/people.hpp"
#include "engine/pdca/sealing.hpp"
#include "engine/pdca/target.hpp"

/// What people say to each other and ask of each other (docs/decisions/0011).
namespace dutylog::pdca {

namespace {

bool is_past(const Duty& duty, CycleNumber number) {
    return std::ranges::find(duty.past, number, &PastCycle::number) != duty.past.end();
}

Draft notice_of(const DecideContext& context, const Target& target, const std::string& step,
                NoticeKind kind, const std::string& word) {
    NoticePlanned notice;
    notice.notice = notice_id(*target.duty, target.cycle->number, step + "." + word);
    notice.kind = kind;
    notice.cycle = target.cycle->number;
    notice.step = step;
    notice.due = context.now;
    notice.subject_line = target.definition->id;
    notice.by = context.meta.actor;
    return context.draft(std::move(notice), target.duty->stream);
}

NoticePlanned& notice_in(Draft& draft) { return std::get<NoticePlanned>(draft.event); }

/// Whoever asked for more time hears what became of it, if the log knows them.
std::vector<Draft> answer_to(const DecideContext& context, const Target& target,
                             const PostponementDecided& decided) {
    if (person_reference(context.world, context.rules(), decided.asked_by).empty()) return {};
    const auto kind =
        decided.granted ? NoticeKind::more_time_granted : NoticeKind::more_time_refused;
    Draft notice = notice_of(context, target, decided.step, kind, "more_time_answer");
    notice_in(notice).to.push_back({decided.asked_by.str(), "asker"});
    notice_in(notice).reason = decided.reason;
    return {std::move(notice)};
}

/// Cycle and step that a comment is about: those of a cycle that is over are not looked into.
Result<CycleNumber> commented_cycle(const DecideContext& context, const AddComment& command) {
    const Duty* duty = context.world.duty(command.duty);
    if (duty == nullptr) return reject("unknown_duty", "there is no duty " + command.duty.str());
    const bool over = command.cycle != 0 && is_past(*duty, command.cycle);
    if (over || (command.cycle == 0 && command.step.empty())) return command.cycle;
    const auto target = target_of(context, command.duty, command.cycle, command.step);
    if (!target) return std::unexpected{target.error()};
    return target->cycle->number;
}

/// The step in the oldest cycle in which more time was asked for.
Result<Target> asked_target(const DecideContext& context, const DecidePostponement& command) {
    CycleNumber number = command.cycle;
    if (const Duty* duty = context.world.duty(command.duty); duty != nullptr && number == 0)
        for (const Cycle& cycle : duty->cycles)
            if (const StepState* state = cycle.step(command.step))
                if (number == 0 && !state->more_time.empty()) number = cycle.number;
    auto target = target_of(context, command.duty, number, command.step);
    if (target && (target->state == nullptr || target->state->more_time.empty()))
        return reject("not_asked", "nobody asked for more time for " + command.step);
    return target;
}

}  // namespace

Result<Decision> on(const DecideContext& context, const AddComment& command) {
    if (const auto* text = command.text.as<std::string>();
        command.text.is_none() || (text != nullptr && text->empty()))
        return reject("missing_field", "a comment says something");
    if (auto checked = check_sealed(context.world, command.text); !checked)
        return std::unexpected{checked.error()};
    const auto cycle = commented_cycle(context, command);
    if (!cycle) return std::unexpected{cycle.error()};
    return context.outside(CommentAdded{*cycle, command.step, command.text}, command.duty);
}

Result<Decision> on(const DecideContext& context, const UrgeStep& command) {
    const auto target = unfinished_target(context, command.duty, command.cycle, command.step);
    if (!target) return std::unexpected{target.error()};
    if (target->cycle->status == CycleStatus::suspended)
        return reject("suspended", "nobody is urged while the cycle is suspended");
    std::vector<Asked> people =
        waited_for(context.world, *target->duty, *target->cycle, *target->step, context.now);
    if (people.empty()) return reject("nothing_owed", command.step + " waits for nobody");
    std::erase_if(people, [&](const Asked& each) { return each.person == context.meta.actor; });
    if (people.empty()) return reject("own_step", "nobody urges themselves");
    const std::size_t most = context.rules().library().urges_per_working_day;
    const std::string first = people.front().person.str();
    std::erase_if(people, [&](const Asked& each) {
        return times_urged(*target->duty, target->cycle->number, command.step, each.person,
                           context.rules(), context.now) >= most;
    });
    if (people.empty())
        return reject("urged_already", first + " was urged about " + command.step +
                                           " this working day, no more than " +
                                           std::to_string(most) + " times in one");
    StepUrged urged{target->cycle->number, command.step, {}, command.note};
    Draft notice = notice_of(context, *target, command.step, NoticeKind::urge, "urge");
    for (const Asked& each : people) {
        urged.people.push_back(each.person.str());
        notice_in(notice).to.push_back({each.person.str(), each.role});
    }
    auto decision = context.outside(std::move(urged), command.duty);
    decision->drafts.push_back(std::move(notice));
    return decision;
}

Result<Decision> on(const DecideContext& context, const AskPostponement& command) {
    const auto target = target_of(context, command.duty, command.cycle, command.step);
    if (!target) return std::unexpected{target.error()};
    if (auto checked = check_postponement(*target, command.until); !checked)
        return std::unexpected{checked.error()};
    if (command.reason.empty()) return reject("no_reason", "asking for more time needs a reason");
    if (!target->state->more_time.empty())
        return reject("already_asked",
                      target->state->more_time.front().approver.str() + " has still to decide");
    if (command.approver.empty() || command.approver == context.meta.actor ||
        command.approver == target->state->owner)
        return reject("self_approval", "someone else approves a postponement");
    if (person_reference(context.world, context.rules(), command.approver).empty())
        return reject("unknown_person", "nobody is called " + command.approver.str());
    auto decision =
        context.outside(PostponementAsked{target->cycle->number, command.step, command.until,
                                          command.approver, command.reason},
                        command.duty);
    Draft notice = notice_of(context, *target, command.step, NoticeKind::decision, "more_time");
    notice_in(notice).to.push_back({command.approver.str(), "approver"});
    decision->drafts.push_back(std::move(notice));
    return decision;
}

Result<Decision> on(const DecideContext& context, const DecidePostponement& command) {
    const auto target = asked_target(context, command);
    if (!target) return std::unexpected{target.error()};
    const MoreTime& asked = target->state->more_time.front();
    const ActorId& actor = context.meta.actor;
    if (actor == asked.by || actor == target->state->owner)
        return reject("self_approval", "nobody decides on their own request");
    if (actor != asked.approver)
        return reject("not_the_approver", asked.approver.str() + " was asked to decide");
    PostponementDecided decided{target->cycle->number, command.step, command.granted, {}, asked.by,
                                command.reason};
    if (command.granted) {
        if (auto checked = check_postponement(*target, asked.until); !checked)
            return std::unexpected{checked.error()};
        decided.deadline = postponed_to(context.rules(), asked.until);
    } else if (command.reason.empty()) {
        return reject("no_reason", "refusing needs a reason");
    }
    std::vector<Draft> answer = answer_to(context, *target, decided);
    auto decision = context.outside(std::move(decided), command.duty);
    std::ranges::move(answer, std::back_inserter(decision->drafts));
    return decision;
}

}  // namespace dutylog::pdca
