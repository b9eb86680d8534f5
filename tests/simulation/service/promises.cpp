#include "tests/simulation/service/promises.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "engine/notice/message.hpp"
#include "engine/pdca/stored.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/service/told.hpp"

namespace dutylog::simulation {

using namespace pdca;  // NOLINT: events are named here

namespace {

void check_message(const Plans& plans, const Taken& taken, const std::vector<Told>& told) {
    for (const Told& each : told) {
        const auto plan = plans.all().find(each);
        require(plan != plans.all().end() && plan->second.recorded <= taken.at,
                "nobody is told what is not on the record: " + each.first);
    }
    if (told.size() == 1 && !is_digest(taken))
        require(taken.id == notice::message_id(told[0].first, told[0].second),
                "a message has the same id on every attempt: " + told[0].first + " to " +
                    told[0].second + ", not " + taken.id);
}

}  // namespace

void check_sent(log::EventStore& store, const Outside& outside) {
    const Plans plans{store};
    std::map<std::string, Digest> contents;
    for (const auto& [channel, all] : outside.taken())
        for (const Taken& taken : *all) {
            const std::vector<Told> told = plans.told_by(taken);
            check_message(plans, taken, told);
            if (told.empty()) continue;
            // Days are counted from the first attempt, and a start begins anew; a date or
            // an owner that has changed meanwhile is told as it is now.
            const std::string key = channel + "\n" + taken.id + "\n" +
                                    std::to_string(taken.process) + "\n" + movable_in(taken);
            const auto known = contents.emplace(key, taken.content).first;
            require(known->second == taken.content,
                    "a message says the same on every attempt: " + taken.id);
        }
}

void check_reports(log::EventStore& store, const Outside& outside) {
    const auto all = outside.taken();
    std::set<Told> once;
    store.scan(1, [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        if (envelope.type != DeliveryRecorded::type || envelope.actor != ActorId{"sender"})
            return true;
        const auto event = std::get<DeliveryRecorded>(
            EventCodec::decode(envelope.type, envelope.schema, stored.payload));
        if (event.outcome != Delivery::sent) return true;
        require(once.emplace(event.notice, event.person).second,
                "a message that went out is on the record once: " + event.notice);
        const auto receiver = all.find(event.channel);
        require(receiver != all.end(), "a message went to somebody there is");
        const bool took = std::ranges::any_of(*receiver->second, [&](const Taken& taken) {
            return taken.agreed && taken.content == event.content && taken.at <= envelope.recorded;
        });
        require(took, "what is recorded as sent was taken: " + event.notice + " to " +
                          event.person + " by " + event.channel + " as " + event.message + " at " +
                          to_string(envelope.recorded));
        return true;
    });
}

void check_order(log::EventStore& store, const Outside& outside) {
    const Plans plans{store};
    for (const auto& [channel, all] : outside.taken()) {
        std::map<std::pair<std::size_t, StreamId>, log::Position> last;
        std::set<std::string> seen;
        for (const Taken& taken : *all) {
            const std::vector<Told> told = plans.told_by(taken);
            if (told.size() != 1 || !taken.agreed || !seen.insert(taken.id).second) continue;
            // A digest waits for its hour, and what is critical does not.
            if (taken.is_mail) continue;
            // What could not go another way comes when it comes.
            if (outside.setup.contacts.of(told[0].second, "").channels.front() != channel) continue;
            const Plan& plan = plans.of(told[0]);
            log::Position& before = last[{taken.process, plan.stream}];
            require(before <= plan.position,
                    "messages of a duty arrive in their order: " + told[0].first);
            before = plan.position;
        }
    }
}

void check_all_told(log::EventStore& store, Instant from, Instant to) {
    const Plans plans{store};
    std::set<std::string> waiting;
    for (const log::OutboxEntry& entry : store.outbox(std::numeric_limits<int>::max()))
        waiting.insert(entry.id);
    for (const auto& [told, plan] : plans.all())
        require(plan.recorded < from || plan.recorded >= to ||
                    !waiting.contains(told.first + "@" + told.second),
                "whoever can be reached is told in the end: " + told.second + " of " + told.first +
                    " planned " + to_string(plan.recorded));
}

void check_nothing_fails(log::EventStore& store, Instant from, Instant to) {
    store.scan(1, [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        if (envelope.type != DeliveryRecorded::type || envelope.actor != ActorId{"sender"} ||
            envelope.recorded < from || envelope.recorded >= to)
            return true;
        const auto event = std::get<DeliveryRecorded>(
            EventCodec::decode(envelope.type, envelope.schema, stored.payload));
        require(event.outcome != Delivery::failed,
                "who behaves is asked again: " + event.channel + ", " + event.detail);
        return true;
    });
}

}  // namespace dutylog::simulation
