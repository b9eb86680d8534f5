#include "adapters/cli/event_lines.hpp"

#include <boost/json.hpp>

#include "engine/history/words.hpp"
#include "engine/pdca/stored.hpp"

namespace dutylog::cli {

namespace {

pdca::Event event_of(const log::StoredEvent& stored) {
    return pdca::EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload);
}

Told told_of(const Narrator& narrator, const log::StoredEvent& stored) {
    return narrator.tell(event_of(stored), stored.envelope);
}

/// What somebody was to be told, and what a receiver can hold what it got against.
void add_telling(boost::json::object& object, const log::StoredEvent& stored) {
    const std::string& type = stored.envelope.type;
    if (type == pdca::NoticePlanned::type)
        object["notice"] = std::get<pdca::NoticePlanned>(event_of(stored)).notice;
    if (type != pdca::DeliveryRecorded::type) return;
    const auto delivery = std::get<pdca::DeliveryRecorded>(event_of(stored));
    object["notice"] = delivery.notice;
    object["person"] = delivery.person;
    object["outcome"] = history::word_of(delivery.outcome);
    if (!delivery.channel.empty()) object["channel"] = delivery.channel;
    if (!delivery.message.empty()) object["message"] = delivery.message;
    if (delivery.content != Digest{}) object["content"] = to_hex(delivery.content);
}

std::string place_of(const log::StoredEvent& stored) {
    return fmt::format("{:>7}", "#" + std::to_string(stored.envelope.position));
}

}  // namespace

Weight weight_of(const Narrator& narrator, const log::StoredEvent& stored) {
    return told_of(narrator, stored).weight;
}

void tell_event(Console& console, const Narrator& narrator, const log::StoredEvent& stored,
                bool dated) {
    const log::Envelope& envelope = stored.envelope;
    const Told told = told_of(narrator, stored);
    std::string head = console.paint(Tone::faint, place_of(stored)) + "  ";
    std::size_t indent = 9;
    if (dated) {
        head += to_string(narrator.local_day(envelope.recorded)) + " " +
                narrator.time_of_day(envelope.recorded) + "  ";
        indent += 18;
    }
    std::string text = told.mark.empty() ? "" : told.mark + " ";
    if (envelope.origin == log::Origin::outside && !envelope.actor.empty())
        text += narrator.say("{}: ", "{}：", narrator.person(envelope.actor.str()));
    console.print(head);
    console.paragraph(console.paint(told.tone, text + narrator.sentence(told)), indent);
}

boost::json::object event_json(const Narrator& narrator, const log::StoredEvent& stored) {
    const log::Envelope& envelope = stored.envelope;
    boost::json::object object{{"event", envelope.position},
                               {"recorded", to_string(envelope.recorded)},
                               {"true_on", to_string(envelope.effective.date)},
                               {"stream", envelope.stream.str()},
                               {"type", envelope.type},
                               {"says", narrator.sentence(told_of(narrator, stored))}};
    if (!envelope.actor.empty()) object["by"] = envelope.actor.str();
    if (envelope.cause != 0) object["cause"] = envelope.cause;
    add_telling(object, stored);
    return object;
}

void require_event(log::EventStore& store, log::Position position) {
    const std::uint64_t size = store.head().size;
    if (position >= 1 && position <= size) return;
    throw Failure{
        ExitCode::usage,
        phrase("expected the place of an event, 1 to {0}, found {1}",
               "应为事件的位置（1 至 {0}），实为 {1}", size, position),
        {"`dutylog timeline` shows the places.", "`dutylog timeline` 显示各事件的位置。"}};
}

}  // namespace dutylog::cli
