#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/log/event_store.hpp"

namespace dutylog::test {

inline Bytes bytes(std::string_view text) { return {text.begin(), text.end()}; }

inline std::string text(BytesView bytes) { return {bytes.begin(), bytes.end()}; }

/// An event that fills every field of its envelope, so that stores have something to lose.
inline log::NewEvent event(const std::string& stream, std::string_view payload = "payload") {
    log::NewEvent event;
    event.stream = StreamId{stream};
    event.type = "duty.step_completed";
    event.schema = 2;
    event.effective = {.precision = Precision::date,
                       .at = {1'741'536'000'000'000},
                       .date = CivilDate{2025, 3, 10},
                       .until = {1'741'536'000'000'000},
                       .zone = "Asia/Shanghai"};
    event.late_reason = "the paper form arrived late";
    event.bundle = sha256("bundle");
    event.actor = ActorId{"person/7"};
    event.on_behalf_of = ActorId{"person/9"};
    event.command = CommandId{"command/1"};
    event.correlation = "visit/12";
    event.key = "key/person/7";
    event.payload = bytes(payload);
    event.state_hash = sha256(payload);
    event.fold_version = 3;
    return event;
}

inline log::Append append_of(std::vector<log::NewEvent> events) {
    log::Append append;
    append.events = std::move(events);
    return append;
}

inline log::Append append_to(const std::string& stream, std::string_view payload = "payload") {
    return append_of({event(stream, payload)});
}

inline log::AppendOutcome append_one(log::EventStore& store, const log::Append& append,
                                     Instant recorded = {1'000'000}) {
    return store.append({&append, 1}, recorded).at(0);
}

inline std::vector<log::StoredEvent> all_events(log::EventStore& store, log::Position from = 1) {
    std::vector<log::StoredEvent> events;
    store.scan(from, [&](const log::StoredEvent& event) {
        events.push_back(event);
        return true;
    });
    return events;
}

inline std::vector<log::StoredEvent> stream_events(log::EventStore& store,
                                                   const std::string& stream,
                                                   log::Version from = 1) {
    std::vector<log::StoredEvent> events;
    store.scan_stream(StreamId{stream}, from, [&](const log::StoredEvent& event) {
        events.push_back(event);
        return true;
    });
    return events;
}

}  // namespace dutylog::test
