#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/log/event_store.hpp"

namespace dutylog::log {

/// The end of one stream: all that its next event needs to know of it.
struct StreamHead {
    Version version = 0;
    Position position = 0;  ///< of the last event; 0 for a stream without events
    Digest leaf;            ///< of the last event
    friend bool operator==(const StreamHead&, const StreamHead&) = default;
};

/// What placing asks a store, before anything is written.
class Placed {
public:
    virtual ~Placed() = default;
    /// Asked once for each stream of a batch; `index` counts them from 0.
    virtual StreamHead head_of(const StreamId& stream, std::size_t index) = 0;
    /// @pre position stands in the log
    virtual Digest leaf_at(Position position) = 0;
};

/// An event with its place, ready to be stored.
struct PlacedEvent {
    Envelope envelope;
    BytesView payload;  ///< lives as long as the batch it came from
    Digest leaf;
    std::size_t stream = 0;  ///< the index under which the store was asked for its head
};

/// Gives the events of a batch their places by the rules of `EventStore::append`, without writing:
/// one form of these rules for every store. Versions are checked here against the heads the store
/// holds in memory, so that an element in conflict is left out before a transaction begins and no
/// savepoint has to be rolled back. The object keeps its room, so that one serves every batch.
class Placing {
public:
    /// Begins a batch whose first event stands at `next`.
    void begin(Placed& store, Position next, Instant recorded);
    /// @returns where the element goes; or `Conflict`, and nothing of it is placed
    /// @throws BadAppend  the element breaks a rule of the port; the batch is given up
    AppendOutcome place(const Append& append);

    /// Everything placed since `begin`, in position order.
    std::span<const PlacedEvent> events() const { return {events_.data(), used_}; }

private:
    std::size_t index_of(const StreamId& stream);
    std::uint32_t& slot_of(std::string_view name);
    void make_room();
    Digest leaf_at(Position position);
    void remember(Position position, const Digest& leaf);
    void place_event(const NewEvent& event, Position first);
    std::vector<RestsOn> read_of(const NewEvent& event, Position first);

    Placed* store_ = nullptr;
    Position first_ = 1;
    Instant recorded_;
    std::vector<PlacedEvent> events_;  ///< `used_` of them belong to this batch
    std::size_t used_ = 0;
    // The streams of the batch by index, and a table from the hash of a name to its index + 1: a
    // tree of names would cost an event more than its place.
    std::vector<std::string_view> names_;  ///< they live in the batch
    std::vector<StreamHead> heads_;
    std::vector<std::uint32_t> slots_;
    // What events rest on is mostly young, or read again and again. A batch that was given up may
    // leave leaves of positions that later batches fill; those are not asked for before.
    std::vector<std::pair<Position, Digest>> leaves_;  ///< by position modulo their number
};

/// The sentence that says which rule of the port an append breaks; empty where it keeps them all.
std::string append_fault(const Append& append);

}  // namespace dutylog::log
