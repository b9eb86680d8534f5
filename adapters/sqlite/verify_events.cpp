#include "adapters/sqlite/verify_events.hpp"

#include "adapters/sqlite/command_index.hpp"
#include "adapters/sqlite/command_table.hpp"
#include "engine/log/envelope_codec.hpp"
#include "engine/log/leaf.hpp"

namespace dutylog::sqlite {

using namespace log;

namespace {

enum Column { position, stream, previous, recorded, leaf, envelope, payload, result };

}  // namespace

EventReading::EventReading(Database& database)
    : select_{database,
              "SELECT position, stream, previous, recorded, leaf, envelope, payload, result"
              " FROM event WHERE position >= ?1 AND position < ?2 ORDER BY position"} {}

CheckedChunk EventReading::read(Position first, Position end) {
    CheckedChunk chunk{first, end, {}, {}, {}, {}};
    chunk.events.reserve(end - first);
    Rows rows{select_, first, end};
    while (rows.next()) check(rows, chunk);
    return chunk;
}

void EventReading::check(const Rows& row, CheckedChunk& into) {
    Findings& findings = into.findings;
    CheckedEvent& event = into.events.emplace_back();
    const Position key = event.position = row.natural(Column::position);
    event.stream_id = row.integer(Column::stream);
    event.leaf = row.digest(Column::leaf);
    try {
        decode_envelope(row.bytes(Column::envelope), envelope_);
    } catch (const DecodeError& error) {
        findings.add({"event", std::to_string(key), "envelope", "an envelope", error.what()});
        return;
    }
    const Digest expected = leaf_hash_of_decoded(envelope_, row.bytes(Column::payload));
    findings.expect_equal("event", key, "leaf over envelope and payload", expected, event.leaf);
    event.leaf = expected;
    findings.expect_equal("event", key, "position in the envelope", event.position,
                          envelope_.position);
    findings.expect_equal("event", key, "recorded", envelope_.recorded.micros,
                          row.integer(Column::recorded));
    findings.expect_equal("event", key, "previous", envelope_.previous_in_stream,
                          row.natural(Column::previous));
    event.version = envelope_.version;
    event.previous = envelope_.previous_in_stream;
    event.previous_leaf = envelope_.previous_leaf;
    event.recorded = envelope_.recorded;
    event.name_size = envelope_.stream.str().size();
    into.names += envelope_.stream.str();
    event.rests_on_size = envelope_.rests_on.size();
    into.rests_on.insert(into.rests_on.end(), envelope_.rests_on.begin(), envelope_.rests_on.end());
    if (envelope_.cause >= event.position)
        findings.add({"event", std::to_string(key), "cause", "an earlier position",
                      std::to_string(envelope_.cause)});
    if (envelope_.corrects >= event.position)
        findings.add({"event", std::to_string(key), "corrects", "an earlier position",
                      std::to_string(envelope_.corrects)});
    check_result(row, event, findings);
}

void EventReading::check_result(const Rows& row, CheckedEvent& event, Findings& findings) {
    const BytesView stored = row.bytes(Column::result);
    if (stored.empty()) return;
    try {
        const ResultView read = view_result(stored, row.integer(Column::position));
        event.has_result = true;
        event.command_hash = CommandIndex::hash_of(read.command);
    } catch (const DecodeError& error) {
        findings.add(
            {"event", std::to_string(event.position), "result", "a command result", error.what()});
    }
}

void EventChain::begin(const CheckedChunk&) { next_event_ = next_name_ = next_read_ = 0; }

void EventChain::follow(Position position, const CheckedChunk& chunk, Findings& findings) {
    if (next_event_ == chunk.events.size() || chunk.events[next_event_].position != position) {
        findings.add({"event", std::to_string(position), "row", "an event", "nothing"});
        add_leaf({});
        return;
    }
    const CheckedEvent& event = chunk.events[next_event_++];
    const std::string_view name{chunk.names.data() + next_name_, event.name_size};
    next_name_ += event.name_size;
    if (event.rests_on_size != 0) {
        follow_reads(event, std::span{chunk.rests_on}.subspan(next_read_, event.rests_on_size),
                     findings);
        next_read_ += event.rests_on_size;
    }
    if (event.recorded < recorded_)
        findings.add({"event", std::to_string(position), "recorded",
                      "not before " + to_string(recorded_), to_string(event.recorded)});
    recorded_ = std::max(recorded_, event.recorded);
    if (event.name_size != 0) follow_stream(event, name, findings);
    if (event.has_result)
        commands_.push_back({event.command_hash, static_cast<std::int64_t>(position)});
    add_leaf(event.leaf);
}

void EventChain::follow_reads(const CheckedEvent& event, std::span<const RestsOn> rests_on,
                              Findings& findings) {
    for (const RestsOn& read : rests_on) {
        if (read.position == 0 || read.position > leaves_.size())
            findings.add({"event", std::to_string(event.position), "rests_on",
                          "an earlier position", std::to_string(read.position)});
        else
            findings.expect_equal("event", event.position, "content in rests_on",
                                  leaves_[read.position - 1], read.content);
    }
}

void EventChain::add_leaf(const Digest& leaf) {
    leaves_.push_back(leaf);
    frontier_.append(leaf);
}

void EventChain::follow_stream(const CheckedEvent& event, std::string_view name,
                               Findings& findings) {
    const auto number = static_cast<std::size_t>(event.stream_id);
    if (number == 0 || number > streams_.size() + 1) {
        findings.add({"event", std::to_string(event.position), "stream",
                      "at most " + std::to_string(streams_.size() + 1),
                      std::to_string(event.stream_id)});
        return;
    }
    if (number == streams_.size() + 1) streams_.push_back({std::string{name}, {}});
    Stream& known = streams_[number - 1];
    if (known.name != name || known.head.version + 1 != event.version ||
        known.head.position != event.previous || known.head.leaf != event.previous_leaf) {
        const Position key = event.position;
        findings.expect_equal("event", key, "stream", std::string_view{known.name}, name);
        findings.expect_equal("event", key, "version", known.head.version + 1, event.version);
        findings.expect_equal("event", key, "previous in stream", known.head.position,
                              event.previous);
        findings.expect_equal("event", key, "leaf of the previous in stream", known.head.leaf,
                              event.previous_leaf);
    }
    known.head = {event.version, event.position, event.leaf};
}

}  // namespace dutylog::sqlite
