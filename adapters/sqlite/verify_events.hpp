#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/findings.hpp"
#include "engine/log/envelope.hpp"
#include "engine/log/placing.hpp"
#include "engine/log/tree.hpp"

namespace dutylog::sqlite {

/// What is left of an event after its own bytes were checked: what ties it to others.
struct CheckedEvent {
    log::Position position = 0;
    std::int64_t stream_id = 0;
    log::Version version = 0;
    log::Position previous = 0;
    Instant recorded;
    Digest previous_leaf;
    Digest leaf;                    ///< recomputed
    std::size_t name_size = 0;      ///< of its stream, in `CheckedChunk::names`
    std::size_t rests_on_size = 0;  ///< in `CheckedChunk::rests_on`
    bool has_result = false;
    std::uint64_t command_hash = 0;  ///< of the result stored beside it
};

/// Neighbouring events. Their parts of any length lie one after the other in common buffers.
struct CheckedChunk {
    log::Position first = 0;
    log::Position end = 0;  ///< one behind the last
    std::vector<CheckedEvent> events;
    std::string names;
    std::vector<log::RestsOn> rests_on;
    Findings findings;
};

/// Checks events each by itself: the envelope can be read, the columns say the same, the payload
/// and the envelope give the stored leaf. Several of these may work at once.
class EventReading {
public:
    explicit EventReading(Database& database);
    /// The events at [first, end).
    CheckedChunk read(log::Position first, log::Position end);

private:
    void check(const Rows& row, CheckedChunk& into);
    void check_result(const Rows& row, CheckedEvent& event, Findings& findings);

    Statement select_;
    log::Envelope envelope_;
};

/// Checks events against one another, in position order.
class EventChain {
public:
    struct Stream {
        std::string name;
        log::StreamHead head;
    };
    struct Command {
        std::uint64_t hash;
        std::int64_t place;
    };

    /// @param stop     a size of the log at which `reached` is called
    /// @param reached  returns the next such size
    template <class Reached>
    void follow(const CheckedChunk& chunk, Findings& findings, log::Position& stop,
                Reached reached) {
        begin(chunk);
        for (log::Position position = chunk.first; position < chunk.end; ++position) {
            follow(position, chunk, findings);
            if (size() == stop) stop = reached();
        }
    }

    log::Position size() const { return leaves_.size(); }
    Instant recorded() const { return recorded_; }
    const log::Frontier& frontier() const { return frontier_; }
    std::span<const Digest> leaves() const { return leaves_; }
    /// Streams by their number in the file, counted from 1 in the order of their first events.
    std::span<const Stream> streams() const { return streams_; }
    /// Results stored beside events, in position order.
    std::span<const Command> commands() const { return commands_; }

private:
    void begin(const CheckedChunk& chunk);
    void follow(log::Position position, const CheckedChunk& chunk, Findings& findings);
    void follow_reads(const CheckedEvent& event, std::span<const log::RestsOn> rests_on,
                      Findings& findings);
    void add_leaf(const Digest& leaf);
    void follow_stream(const CheckedEvent& event, std::string_view name, Findings& findings);

    std::vector<Digest> leaves_;
    std::vector<Stream> streams_;
    std::vector<Command> commands_;
    log::Frontier frontier_;
    Instant recorded_;
    // Where the chunk at hand was read up to.
    std::size_t next_event_ = 0;
    std::size_t next_name_ = 0;
    std::size_t next_read_ = 0;
};

}  // namespace dutylog::sqlite
