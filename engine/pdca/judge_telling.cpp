#include <algorithm>

#include "engine/pdca/asked.hpp"
#include "engine/pdca/judge.hpp"
#include "engine/pdca/people.hpp"

/// Who is told besides the ladders, and what reached nobody.
namespace dutylog::pdca {

namespace {

/// A notice that has not arrived by then goes to the next in line (design section 6).
constexpr Elapsed undelivered_max = hours(24);
constexpr std::uint16_t failures_max = 3;

bool arrived(const NoticeState::Person& person) {
    return person.last == Delivery::delivered || person.last == Delivery::read ||
           person.last == Delivery::acknowledged;
}

/// Whether it was tried and did not arrive; without a report nobody is chased.
bool unreached(const NoticeState::Person& person) {
    return person.last != Delivery::skipped && !arrived(person);
}

}  // namespace

/// Whoever was asked to sign is told as soon as there is something to sign, and again when it was
/// sent back and done anew.
Drafts Judge::signatures(const Cycle& cycle) {
    for (const StepState& state : cycle.steps) {
        const Step* step = definition_.step(state.id);
        if (step == nullptr || unsigned_by(state) == nullptr || leads_away(*step, state.outcome))
            continue;
        NoticePlanned notice;
        for (const Signer& signer : state.signers) {
            if (signer.told || signer.has_signed) continue;
            notice.to.push_back({signer.person.str(), "signer"});
            if (notice.by.empty()) notice.by = signer.by;
        }
        if (notice.to.empty()) continue;
        notice.notice = notice_id(*duty_, cycle.number, state.id + ".sign");
        notice.kind = NoticeKind::signature;
        notice.cycle = cycle.number;
        notice.step = state.id;
        notice.due = now_;
        notice.subject_line = definition_.id;
        return {draft(notice)};
    }
    return {};
}

/// A notice that reaches nobody is no reminder: the next in line is told.
Drafts Judge::undelivered() {
    for (const NoticeState& notice : duty_->notices) {
        if (notice.moved_on) continue;
        const bool too_long = now_ >= notice.planned + undelivered_max;
        for (const NoticeState::Person& person : notice.to)
            if (unreached(person) && (too_long || person.failures >= failures_max))
                return {draft(next_in_line(notice, ActorId{person.person}))};
    }
    return {};
}

NoticePlanned Judge::next_in_line(const NoticeState& notice, const ActorId& person) const {
    ActorId next = head_of(world_, rules_, person, now_);
    if (next.empty()) next = principal(world_, rules_, subject_, now_);
    NoticePlanned event;
    event.notice = notice.id + "/next";
    event.kind = NoticeKind::undelivered;
    event.cycle = notice.cycle;
    event.step = notice.step;
    event.rung = notice.rung;
    event.due = now_;
    // Where nobody is left to tell, that is on the record too.
    if (!next.empty() && next != person) event.to = {{next.str(), "next in line"}};
    event.subject_line = definition_.id;
    return event;
}

std::optional<Instant> Judge::wake_up() {
    if (duty_ == nullptr || !duty_->active) return std::nullopt;
    std::optional<Instant> earliest;
    for (const Cycle& cycle : duty_->cycles)
        if (running(cycle)) wake_ups_by_version(cycle, earliest);
    for (const NoticeState& notice : duty_->notices) {
        const Instant time = notice.planned + undelivered_max;
        if (!notice.moved_on && time > now_ && (!earliest || time < *earliest) &&
            std::any_of(notice.to.begin(), notice.to.end(), unreached))
            earliest = time;
    }
    return earliest;
}

}  // namespace dutylog::pdca
