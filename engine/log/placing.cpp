#include "engine/log/placing.hpp"

#include <algorithm>
#include <optional>

#include "engine/core/name_hash.hpp"
#include "engine/log/codec_error.hpp"
#include "engine/log/leaf.hpp"
#include "engine/log/utf8.hpp"

namespace dutylog::log {

namespace {

using namespace store_limits;

constexpr std::size_t leaves_kept = 8192;

/// Says which part is too long or no text, by name.
class Parts {
public:
    void key(const char* part, const std::string& text) {
        check(part, text.size(), key_max);
        if (fault_.empty() && !is_utf8(text)) fault_ = std::string{part} + " is not UTF-8";
    }
    void bytes(const char* part, const Bytes& bytes) { check(part, bytes.size(), bytes_max); }
    void blob(const Bytes& bytes) { check("a blob", bytes.size(), blob_max); }
    const std::string& fault() const { return fault_; }

private:
    void check(const char* part, std::size_t size, std::size_t max) {
        if (size <= max || !fault_.empty()) return;
        fault_ = std::string{part} + " holds " + std::to_string(size) + " bytes, at most " +
                 std::to_string(max) + " may be";
    }
    std::string fault_;
};

std::string event_fault(const NewEvent& event, std::size_t index) {
    if (event.stream.empty()) return "an event names no stream";
    if (event.type.empty()) return "an event names no type";
    if (event.cause < -1 || event.cause >= static_cast<std::int64_t>(index))
        return "the cause of an event does not stand before it in the same append";
    return {};
}

std::string part_fault(const Append& append) {
    Parts parts;
    for (const NewEvent& event : append.events) parts.bytes("a payload", event.payload);
    for (const std::string& key : append.drop_timers) parts.key("the key of a timer", key);
    for (const Timer& timer : append.set_timers) parts.key("the key of a timer", timer.key);
    for (const std::string& id : append.drop_outbox) parts.key("the id of an outbox entry", id);
    for (const OutboxEntry& entry : append.add_outbox) {
        parts.key("the id of an outbox entry", entry.id);
        parts.key("the kind of an outbox entry", entry.kind);
        parts.bytes("the body of an outbox entry", entry.body);
    }
    for (const auto& [table, key] : append.drop_rows) {
        parts.key("the table of a row", table);
        parts.key("the key of a row", key);
    }
    for (const ProjectionRow& row : append.set_rows) {
        parts.key("the table of a row", row.table);
        parts.key("the key of a row", row.key);
        parts.bytes("the value of a row", row.value);
    }
    for (const Bytes& blob : append.blobs) parts.blob(blob);
    if (append.result) {
        parts.key("a command id", append.result->command.str());
        parts.bytes("the answer to a command", append.result->answer);
    }
    return parts.fault();
}

}  // namespace

std::string append_fault(const Append& append) {
    for (std::size_t i = 0; i < append.events.size(); ++i)
        if (std::string fault = event_fault(append.events[i], i); !fault.empty()) return fault;
    return part_fault(append);
}

void Placing::begin(Placed& store, Position next, Instant recorded) {
    store_ = &store;
    first_ = next;
    leaves_.resize(leaves_kept);
    recorded_ = recorded;
    used_ = 0;
    names_.clear();
    std::ranges::fill(slots_, 0);
    heads_.clear();
}

std::size_t Placing::index_of(const StreamId& stream) {
    if (2 * (names_.size() + 1) > slots_.size()) make_room();
    std::uint32_t& slot = slot_of(stream.str());
    if (slot == 0) {
        heads_.push_back(store_->head_of(stream, names_.size()));
        names_.push_back(stream.str());
        slot = static_cast<std::uint32_t>(names_.size());
    }
    return slot - 1;
}

/// The slot that holds the name, or the empty one where it belongs.
std::uint32_t& Placing::slot_of(std::string_view name) {
    std::size_t at = name_hash(name) & (slots_.size() - 1);
    while (slots_[at] != 0 && names_[slots_[at] - 1] != name) at = (at + 1) & (slots_.size() - 1);
    return slots_[at];
}

void Placing::make_room() {
    slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), 0);
    for (std::size_t i = 0; i < names_.size(); ++i)
        slot_of(names_[i]) = static_cast<std::uint32_t>(i + 1);
}

Digest Placing::leaf_at(Position position) {
    if (position >= first_) return events_[position - first_].leaf;
    const auto& [known, leaf] = leaves_[position % leaves_.size()];
    if (known != position) remember(position, store_->leaf_at(position));
    return leaf;
}

void Placing::remember(Position position, const Digest& leaf) {
    leaves_[position % leaves_.size()] = {position, leaf};
}

AppendOutcome Placing::place(const Append& append) {
    if (const std::string fault = append_fault(append); !fault.empty()) throw BadAppend{fault};
    for (const ExpectedVersion& expected : append.expected) {
        const Version found = heads_[index_of(expected.stream)].version;
        if (found != expected.version) return Conflict{expected.stream, expected.version, found};
    }
    if (append.events.empty()) return Appended{};
    const Position first = first_ + used_;
    for (const NewEvent& event : append.events) place_event(event, first);
    return Appended{first, first + append.events.size() - 1};
}

void Placing::place_event(const NewEvent& event, Position first) {
    if (used_ == events_.size()) events_.emplace_back();
    PlacedEvent& placed = events_[used_];
    placed.stream = index_of(event.stream);
    StreamHead& head = heads_[placed.stream];
    Envelope& e = placed.envelope;
    e.position = first_ + used_;
    e.stream = event.stream;
    e.version = head.version + 1;
    e.type = event.type;
    e.schema = event.schema;
    e.recorded = recorded_;
    e.effective = event.effective;
    e.late_reason = event.late_reason;
    e.bundle = event.bundle;
    e.actor = event.actor;
    e.on_behalf_of = event.on_behalf_of;
    e.command = event.command;
    e.origin = event.origin;
    e.cause = event.cause < 0 ? 0 : first + static_cast<Position>(event.cause);
    e.correlation = event.correlation;
    e.rests_on = read_of(event, first);
    if (event.corrects >= e.position)
        throw BadAppend{"an event corrects one that is not before it"};
    e.corrects = event.corrects;
    e.codec = 1;
    e.key = event.key;
    e.state_hash = event.state_hash;
    e.fold_version = event.fold_version;
    e.previous_in_stream = head.position;
    e.previous_leaf = head.leaf;
    placed.payload = event.payload;
    try {
        placed.leaf = leaf_hash(e, event.payload);
    } catch (const EncodeError& error) {
        throw BadAppend{error.what()};
    }
    head = {e.version, e.position, placed.leaf};
    remember(e.position, placed.leaf);
    ++used_;
}

std::vector<RestsOn> Placing::read_of(const NewEvent& event, Position first) {
    std::vector<RestsOn> read;
    read.reserve(event.rests_on.size());
    for (const Position position : event.rests_on) {
        if (position == 0 || position >= first)
            throw BadAppend{"an event rests on one that is not before its append"};
        read.push_back({position, leaf_at(position)});
    }
    return read;
}

}  // namespace dutylog::log
