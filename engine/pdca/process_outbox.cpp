#include <algorithm>

#include "engine/pdca/process.hpp"

/// What waits to be sent: a row for each person a notice tells, until it went out or has become
/// needless.
namespace dutylog::pdca {

namespace {

/// One message to one person.
std::string outbox_id(const std::string& notice, const std::string& person) {
    return notice + "@" + person;
}

/// The cycle an event ends; all of them for a duty that ends; nothing for other events.
std::optional<CycleNumber> ended_by(const Event& event) {
    if (const auto* closed = std::get_if<CycleClosed>(&event)) return closed->cycle;
    if (const auto* cancelled = std::get_if<CycleCancelled>(&event)) return cancelled->cycle;
    if (std::holds_alternative<DutyEnded>(event)) return 0;
    return std::nullopt;
}

void drop(const std::string& id, Outcome& outcome) {
    std::erase_if(outcome.append.add_outbox,
                  [&](const log::OutboxEntry& entry) { return entry.id == id; });
    outcome.append.drop_outbox.push_back(id);
}

}  // namespace

/// The message itself is outside work, carried out after the commit, once for each person.
void Process::tell_outside(const NoticePlanned& notice, Outcome& outcome) {
    for (const Recipient& to : notice.to) {
        log::OutboxEntry entry;
        entry.id = outbox_id(notice.notice, to.person);
        entry.kind = "notice";
        entry.due = now_;
        entry.body.assign(to.role.begin(), to.role.end());
        outcome.append.add_outbox.push_back(std::move(entry));
    }
}

/// A message that went out is dropped; one that failed stays for the next attempt, until the next
/// in line is told instead or its cycle is over. Asked before the event is folded in.
void Process::drop_outbox(const Event& event, const StreamId& stream, Outcome& outcome) {
    if (const auto* report = std::get_if<DeliveryRecorded>(&event))
        if (report->outcome != Delivery::failed)
            drop(outbox_id(report->notice, report->person), outcome);
    const Duty* duty = world_.duty(stream);
    if (duty == nullptr) return;
    const auto* next = std::get_if<NoticePlanned>(&event);
    const auto ended = ended_by(event);
    for (const NoticeState& notice : duty->notices) {
        const bool over = ended && (*ended == 0 || *ended == notice.cycle);
        const bool instead = next != nullptr && next->kind == NoticeKind::undelivered &&
                             next->notice == notice.id + "/next";
        if (!over && !instead) continue;
        for (const NoticeState::Person& person : notice.to)
            if (person.last == Delivery::skipped || person.last == Delivery::failed)
                drop(outbox_id(notice.id, person.person), outcome);
    }
}

}  // namespace dutylog::pdca
