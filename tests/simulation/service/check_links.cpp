#include "tests/simulation/service/check_links.hpp"

#include "engine/pdca/stored.hpp"
#include "tests/simulation/broken.hpp"

namespace dutylog::simulation {

using namespace pdca;  // NOLINT: events are named here
using notice::LinkPurpose;

namespace {

std::string_view event_of(LinkPurpose purpose) {
    switch (purpose) {
        case LinkPurpose::postpone:
            return PostponementAsked::type;
        case LinkPurpose::grant:
        case LinkPurpose::refuse:
            return PostponementDecided::type;
        case LinkPurpose::delegate:
            return StepReassigned::type;
        default:
            return DeliveryRecorded::type;
    }
}

/// What a link has the person say of the notice, in the name of whoever it was sent to.
std::string told_in(const log::StoredEvent& stored) {
    const auto event = std::get<DeliveryRecorded>(
        EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload));
    return std::to_string(static_cast<int>(event.outcome)) + " " + event.notice + " by " +
           event.person;
}

}  // namespace

void check_links(log::EventStore& store, const LinkReader& links) {
    std::map<std::string, std::string> types;
    std::set<std::string> told;
    store.scan(1, [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        const std::string& command = envelope.command.str();
        if (!command.starts_with("link-")) return true;
        const auto pressed = links.pressed().find(command.substr(0, command.find('/')));
        require(pressed != links.pressed().end(), "looking at a link does nothing: " + command);
        require(envelope.recorded <= pressed->second, "a link expires: " + command);
        if (envelope.cause != 0) return true;
        types[command] = envelope.type;
        const auto done = links.done().find(command);
        if (done != links.done().end())
            require(envelope.actor.str() == done->second.person,
                    "a link acts in the name of whoever it was sent to: " + command);
        if (envelope.type == DeliveryRecorded::type)
            require(told.insert(told_in(stored)).second, "no link works twice: " + command);
        return true;
    });
    for (const auto& [command, claims] : links.done()) {
        require(store.result_of(CommandId{command}).has_value(),
                "what a link is said to have done is on the record: " + command);
        const auto type = types.find(command);
        require(type == types.end() || type->second == event_of(claims.purpose),
                "a link does the one thing it is for: " + command + " left " +
                    (type == types.end() ? "nothing" : type->second));
    }
}

void check_facts(log::EventStore& store, const FactSender& sender) {
    std::set<std::string> recorded;
    store.scan(1, [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        if (envelope.type != FactRecorded::type || envelope.actor.str() != "laboratory")
            return true;
        const std::string& command = envelope.command.str();
        require(sender.sent().contains(command),
                "nothing is recorded that its sender did not sign: " + command);
        require(recorded.insert(command).second, "a fact is recorded once: " + command);
        return true;
    });
    for (const std::string& command : sender.taken())
        require(recorded.contains(command), "a fact that was taken is on the record: " + command);
}

void check_feed(log::EventStore& store, const FeedReader& feed) {
    require(feed.seen().size() == store.head().size || feed.seen().empty(),
            "whoever follows the events has them all in the end");
    auto seen = feed.seen().begin();
    store.scan(1, [&](const log::StoredEvent& stored) {
        if (seen == feed.seen().end()) return false;
        require(seen->position == stored.envelope.position && seen->type == stored.envelope.type,
                "events were told of as they are on the record: event " +
                    std::to_string(stored.envelope.position));
        ++seen;
        return true;
    });
}

}  // namespace dutylog::simulation
