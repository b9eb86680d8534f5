#include "tests/simulation/service/promises.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <limits>
#include <set>

#include "engine/notice/message.hpp"
#include "engine/pdca/stored.hpp"
#include "tests/simulation/broken.hpp"

namespace dutylog::simulation {

namespace json = boost::json;
using namespace pdca;  // NOLINT: events are named here

namespace {

/// One person who was to be told of one notice.
using Told = std::pair<std::string, std::string>;

struct Plan {
    log::Position position = 0;
    Instant recorded;
    StreamId stream;
};

std::map<Told, Plan> plans_in(log::EventStore& store) {
    std::map<Told, Plan> plans;
    store.scan(1, [&](const log::StoredEvent& stored) {
        if (stored.envelope.type != NoticePlanned::type) return true;
        const auto event = std::get<NoticePlanned>(
            EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload));
        for (const Recipient& to : event.to)
            plans[{event.notice, to.person}] = {stored.envelope.position, stored.envelope.recorded,
                                                stored.envelope.stream};
        return true;
    });
    return plans;
}

json::object data_of(const Receiver::Taken& taken) {
    return json::parse(taken.body).at("data").as_object();
}

bool is_digest(const Receiver::Taken& taken) { return data_of(taken).contains("notices"); }

std::string due_in(const Receiver::Taken& taken) {
    const json::object data = data_of(taken);
    const auto* due = data.if_contains("due");
    return due == nullptr ? json::serialize(data) : json::value_to<std::string>(*due);
}

/// What a message to a program says whom it tells of what; nothing for other messages.
std::vector<Told> told_by(const Receiver::Taken& taken) {
    if (taken.id.empty()) return {};
    const json::object data = data_of(taken);
    std::vector<Told> told;
    const auto add = [&](const json::object& each, const json::value& person) {
        told.emplace_back(json::value_to<std::string>(each.at("notice")),
                          json::value_to<std::string>(person));
    };
    if (const auto* all = data.if_contains("notices"))
        for (const json::value& each : all->as_array()) add(each.as_object(), data.at("person"));
    else if (data.contains("notice"))
        add(data, data.at("person"));
    return told;
}

}  // namespace

void check_sent(log::EventStore& store, const Outside& outside) {
    const auto plans = plans_in(store);
    std::map<std::string, Digest> contents;
    for (const auto& [host, receiver] : outside.receivers)
        for (const Receiver::Taken& taken : receiver.taken()) {
            const std::vector<Told> told = told_by(taken);
            for (const Told& each : told) {
                const auto plan = plans.find(each);
                require(plan != plans.end() && plan->second.recorded <= taken.at,
                        "nobody is told what is not on the record: " + each.first);
            }
            if (told.size() == 1 && !is_digest(taken))
                require(taken.id == notice::message_id(told[0].first, told[0].second),
                        "a message has the same id on every attempt: " + told[0].first + " to " +
                            told[0].second + ", not " + taken.id);
            if (told.empty()) continue;
            // Days are counted from the first attempt, and a start begins anew; a date that has
            // moved meanwhile is told as it is now.
            const std::string key = host + "\n" + taken.id + "\n" + std::to_string(taken.process) +
                                    "\n" + due_in(taken);
            const auto known = contents.emplace(key, taken.content).first;
            require(known->second == taken.content,
                    "a message says the same on every attempt: " + taken.id);
        }
}

void check_reports(log::EventStore& store, const Outside& outside) {
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
        const auto receiver = outside.receivers.find(event.channel + ".test");
        require(receiver != outside.receivers.end(), "a message went to somebody there is");
        const bool took = std::ranges::any_of(receiver->second.taken(), [&](const auto& taken) {
            return taken.agreed && taken.content == event.content && taken.at <= envelope.recorded;
        });
        require(took, "what is recorded as sent was taken: " + event.notice + " to " +
                          event.person + " by " + event.channel + " as " + event.message + " at " +
                          to_string(envelope.recorded));
        return true;
    });
}

void check_order(log::EventStore& store, const Outside& outside) {
    const auto plans = plans_in(store);
    for (const auto& [host, receiver] : outside.receivers) {
        std::map<std::pair<std::size_t, StreamId>, log::Position> last;
        std::set<std::string> seen;
        for (const Receiver::Taken& taken : receiver.taken()) {
            const std::vector<Told> told = told_by(taken);
            if (told.size() != 1 || !taken.agreed || !seen.insert(taken.id).second) continue;
            // What could not go another way comes when it comes.
            const auto& ways = outside.setup.contacts.of(told[0].second, "").channels;
            if (ways.front() + ".test" != host) continue;
            const Plan& plan = plans.at(told[0]);
            log::Position& before = last[{taken.process, plan.stream}];
            require(before <= plan.position,
                    "messages of a duty arrive in their order: " + told[0].first);
            before = plan.position;
        }
    }
}

void check_all_told(log::EventStore& store, Instant from, Instant to) {
    const auto plans = plans_in(store);
    std::set<std::string> waiting;
    for (const log::OutboxEntry& entry : store.outbox(std::numeric_limits<int>::max()))
        waiting.insert(entry.id);
    for (const auto& [told, plan] : plans)
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
