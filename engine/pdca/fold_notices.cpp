#include "engine/pdca/fold.hpp"

#include <algorithm>

/// Telling people.
namespace dutylog::pdca {

void Fold::operator()(const NoticePlanned& event) {
    const auto found = world_.duties.find(recorded_.stream);
    if (found == world_.duties.end()) return;  // a gate's notice stands with the subject
    NoticeState notice{event.notice, event.cycle, event.step, event.rung, recorded_.recorded,
                       false,        {},          event.kind, event.by};
    for (const Recipient& to : event.to)
        notice.to.push_back({to.person, to.role, Delivery::skipped, 0});
    touch(found->second);
    for (NoticeState& earlier : found->second.notices)
        if (event.kind == NoticeKind::undelivered && event.notice == earlier.id + "/next")
            earlier.moved_on = true;
    found->second.notices.push_back(std::move(notice));
    if (event.kind == NoticeKind::signature) told_to_sign(found->second, event);
    if (event.kind == NoticeKind::reminder || event.kind == NoticeKind::escalation)
        past_rung(found->second, event.cycle, event.step, event.rung);
}

void Fold::operator()(const NoticesSkipped& event) {
    for (const std::uint16_t rung : event.rungs) past_rung(duty(), event.cycle, event.step, rung);
}

void Fold::operator()(const DeliveryRecorded& event) {
    const auto found = world_.duties.find(recorded_.stream);
    if (found == world_.duties.end()) return;
    touch(found->second);
    for (NoticeState& notice : found->second.notices)
        for (NoticeState::Person& to : notice.to)
            if (notice.id == event.notice && to.person == event.person) {
                to.last = event.outcome;
                if (event.outcome == Delivery::failed) ++to.failures;
            }
}

void Fold::operator()(const ChannelSwitched& event) {
    if (event.on)
        world_.channels_off.erase(event.channel);
    else
        world_.channels_off[event.channel] = {event.state, event.reason, recorded_.effective.at};
}

void Fold::told_to_sign(Duty& duty, const NoticePlanned& event) {
    Cycle* cycle = duty.cycle(event.cycle);
    if (cycle == nullptr) return;
    for (Signer& signer : step(*cycle, event.step).signers)
        for (const Recipient& to : event.to)
            if (signer.person.str() == to.person) signer.told = true;
}

void Fold::past_rung(Duty& duty, CycleNumber number, const std::string& step_id, unsigned rung) {
    Cycle* cycle = duty.cycle(number);
    if (cycle == nullptr) return;
    std::uint16_t& done = step_id.empty() ? cycle->rungs : step(*cycle, step_id).rungs;
    done = std::max<std::uint16_t>(done, static_cast<std::uint16_t>(rung + 1));
}

}  // namespace dutylog::pdca
