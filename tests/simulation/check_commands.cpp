#include <map>
#include <set>

#include "engine/pdca/stored.hpp"
#include "tests/simulation/broken.hpp"
#include "tests/simulation/checks.hpp"

namespace dutylog::simulation {

using namespace pdca;  // NOLINT: events are named here

namespace {

constexpr std::size_t all_of_them = 1'000'000;

Event event_of(const log::StoredEvent& stored) {
    return EventCodec::decode(stored.envelope.type, stored.envelope.schema, stored.payload);
}

/// Where the events of one command stand; they follow each other.
struct Span {
    log::Position first = 0;
    log::Position last = 0;
};

std::map<CommandId, Span> spans_of(log::EventStore& store) {
    std::map<CommandId, Span> spans;
    store.scan(1, [&](const log::StoredEvent& stored) {
        const log::Envelope& envelope = stored.envelope;
        if (envelope.command.empty()) return true;
        Span& span = spans[envelope.command];
        require(span.last == 0 || span.last + 1 == envelope.position,
                "the command " + envelope.command.str() + " is in the log once");
        if (span.first == 0) span.first = envelope.position;
        span.last = envelope.position;
        return true;
    });
    return spans;
}

/// A refusal and nothing else; of an act that gates refuse, people may be told.
void check_refusal(log::EventStore& store, const runtime::Answer& answer) {
    const bool by_gate = answer.refusal->reason == "gate_closed";
    for (log::Position at = answer.first; at <= answer.last; ++at) {
        const auto stored = store.at(at);
        const std::string type = stored ? stored->envelope.type : "nothing";
        const bool refusal = type == (by_gate ? ActRefused::type : CommandRefused::type);
        const bool told = by_gate && at > answer.first && type == NoticePlanned::type;
        require((at == answer.first && refusal) || told,
                "a refused command leaves its refusal: " + answer.command.str() + " left " + type);
    }
}

}  // namespace

void check_commands(log::EventStore& store, const Ledger& answered) {
    const auto spans = spans_of(store);
    for (const auto& [id, answer] : answered) {
        const auto kept = store.result_of(id);
        require(kept.has_value(), "the answer of " + id.str() + " is kept");
        require(kept->answer == runtime::encode(answer),
                "the answer of " + id.str() + " is kept as it was given");
        const auto span = spans.find(id);
        const Span found = span == spans.end() ? Span{} : span->second;
        require(found.first == answer.first && found.last == answer.last,
                "the events of " + id.str() + " are where its answer says");
    }
    for (const auto& [id, span] : spans)
        require(store.result_of(id).has_value(), "events of " + id.str() + " have their answer");
}

void check_refusals(log::EventStore& store, const Ledger& answered) {
    for (const auto& [id, answer] : answered)
        if (answer.refusal && answer.first != 0) check_refusal(store, answer);
    store.scan(1, [&](const log::StoredEvent& stored) {
        const bool refused = stored.envelope.type == CommandRefused::type;
        if (refused)
            require(stored.envelope.cause == 0, "a refusal is all that a refused command leaves");
        if (stored.envelope.cause == 0) return true;
        const auto cause = store.at(stored.envelope.cause);
        require(cause && cause->envelope.type != CommandRefused::type,
                "nothing follows from a refusal");
        require(
            cause->envelope.type != ActRefused::type || stored.envelope.type == NoticePlanned::type,
            "nothing but a notice follows from an act that was refused");
        return true;
    });
}

namespace {

/// Messages that were asked for and neither went out nor became needless.
class Waiting {
public:
    void see(const log::StoredEvent& stored) {
        stream_ = stored.envelope.stream;
        std::visit(*this, event_of(stored));
    }
    void operator()(const NoticePlanned& event) {
        const bool next = event.kind == NoticeKind::undelivered;
        if (next) drop([&](const Message& m) { return m.notice + "/next" == event.notice; });
        for (const Recipient& to : event.to)
            messages[event.notice + "@" + to.person] = {event.notice, stream_, event.cycle};
    }
    void operator()(const DeliveryRecorded& event) {
        if (event.outcome != Delivery::failed) messages.erase(event.notice + "@" + event.person);
    }
    void operator()(const CycleClosed& event) { over(event.cycle); }
    void operator()(const CycleCancelled& event) { over(event.cycle); }
    void operator()(const DutyEnded&) {
        drop([&](const Message& m) { return m.stream == stream_; });
    }
    void operator()(const auto&) {}

    struct Message {
        std::string notice;
        StreamId stream;
        CycleNumber cycle = 0;
    };
    std::map<std::string, Message> messages;

private:
    void over(CycleNumber cycle) {
        drop([&](const Message& m) { return m.stream == stream_ && m.cycle == cycle; });
    }
    void drop(const auto& needless) {
        std::erase_if(messages, [&](const auto& each) { return needless(each.second); });
    }

    StreamId stream_;
};

}  // namespace

void check_outbox(log::EventStore& store) {
    Waiting waiting;
    store.scan(1, [&](const log::StoredEvent& stored) {
        waiting.see(stored);
        return true;
    });
    auto& messages = waiting.messages;
    for (const log::OutboxEntry& entry : store.outbox(all_of_them))
        require(messages.erase(entry.id) == 1,
                "no message waits that nothing asks for: " + entry.id);
    require(messages.empty(),
            "every message waits, " + (messages.empty() ? "" : messages.begin()->first) + " too");
}

}  // namespace dutylog::simulation
