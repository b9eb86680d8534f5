#pragma once

#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "engine/log/envelope.hpp"

namespace dutylog::log {

/// The storage failed; whether anything was written is unknown. After it the writer stops.
class StoreError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The stored bytes of one event cannot be what was appended. Its stream is set aside; the rest of
/// the log can be read, and `verify` says more.
class DamagedEvent : public std::runtime_error {
public:
    DamagedEvent(Position position, const std::string& what)
        : std::runtime_error{"event " + std::to_string(position) + ": " + what},
          position_{position} {}
    Position position() const noexcept { return position_; }

private:
    Position position_;
};

/// An append breaks a rule of the port, which is our own mistake and no answer of the storage:
/// nothing of its batch was written, and the store goes on.
class BadAppend : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

/// What one append may hold, in bytes; an envelope has limits of its own (`envelope_limits`).
namespace store_limits {
inline constexpr std::size_t bytes_max = std::size_t{16} << 20;  ///< payload, row, body, answer
inline constexpr std::size_t blob_max = std::size_t{64} << 20;
inline constexpr std::size_t key_max = 512;  ///< keys and ids of timers, entries, rows, commands
}  // namespace store_limits

/// A durable wake-up. `key` is unique; setting it again replaces it.
struct Timer {
    std::string key;
    Instant due;
    std::uint64_t generation = 0;  ///< a fire with an older generation is a no-op
    friend auto operator<=>(const Timer&, const Timer&) = default;
};

/// Work for outside the log, to be carried out after the commit, at least once, under this id.
struct OutboxEntry {
    std::string id;
    std::string kind;
    Instant due;
    Bytes body;
    friend bool operator==(const OutboxEntry&, const OutboxEntry&) = default;
};

/// One row of a derived table: `table` and `key` name it, `value` is its bytes.
struct ProjectionRow {
    std::string table;
    std::string key;
    Bytes value;
    friend bool operator==(const ProjectionRow&, const ProjectionRow&) = default;
};

/// What is kept of a command, so that a repeat gets the first answer.
struct CommandResult {
    CommandId command;
    Digest
        body;  ///< hash of the command's canonical bytes; the same id with another body is refused
    Bytes answer;
    friend bool operator==(const CommandResult&, const CommandResult&) = default;
};

struct ExpectedVersion {
    StreamId stream;
    Version version = 0;
};

/// Everything one command leaves behind. All of it is durable together, or none of it.
/// Of timers, outbox and rows the drops are carried out first; setting or adding again replaces.
struct Append {
    std::vector<ExpectedVersion> expected;  ///< streams not named here are appended to unchecked
    std::vector<NewEvent> events;
    std::vector<Timer> set_timers;
    std::vector<std::string> drop_timers;
    std::vector<OutboxEntry> add_outbox;
    std::vector<std::string> drop_outbox;
    std::vector<ProjectionRow> set_rows;
    std::vector<std::pair<std::string, std::string>> drop_rows;  ///< table and key
    std::vector<Bytes> blobs;                                    ///< stored under their SHA-256
    std::optional<CommandResult> result;  ///< the first result of a command id stands
};

/// Where the events of one append went. `first` is 0 where it held no event.
struct Appended {
    Position first = 0;
    Position last = 0;
};

/// Another append came first: nothing of this append was written.
struct Conflict {
    StreamId stream;
    Version expected = 0;
    Version found = 0;
};

using AppendOutcome = std::variant<Appended, Conflict>;

/// The size of the log and the RFC 6962 tree hash over its leaves.
struct TreeHead {
    std::uint64_t size = 0;
    Digest root;
    friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

/// The append-only record of every stream, and the derived tables that move with it.
/// Calls block. One thread writes; reads may come from the same thread between commits.
class EventStore {
public:
    using Visit = std::function<bool(const StoredEvent&)>;  ///< false ends the scan

    virtual ~EventStore() = default;

    /// Appends each element in order, all in one transaction; returns after the commit is durable.
    /// An element sees what the elements before it left. `recorded` is the time given to every
    /// event of the batch; where it would run back, the last recorded time is used instead.
    /// @returns one outcome per element; a `Conflict` leaves nothing of its element behind
    /// @throws BadAppend  an element breaks a rule: a limit, a stream or type without a name, a
    ///   cause, correction or `rests_on` that does not stand before it; nothing was written
    /// @throws StoreError  the object can no longer be believed: every later call throws it too
    virtual std::vector<AppendOutcome> append(std::span<const Append> batch, Instant recorded) = 0;

    virtual TreeHead head() = 0;
    /// Recorded time of the last event; zero for an empty log.
    virtual Instant last_recorded() = 0;
    virtual Version version_of(const StreamId& stream) = 0;
    /// This and both scans throw `DamagedEvent` where they meet one.
    virtual std::optional<StoredEvent> at(Position position) = 0;
    /// Events in position order from `from` on.
    virtual void scan(Position from, const Visit& visit) = 0;
    /// One stream in version order from `from` on.
    virtual void scan_stream(const StreamId& stream, Version from, const Visit& visit) = 0;
    /// Names that begin with `prefix`, in byte order.
    virtual std::vector<StreamId> streams(const std::string& prefix) = 0;

    virtual std::optional<CommandResult> result_of(const CommandId& command) = 0;
    /// Timers due at or before `until`, by (due, key), at most `limit`.
    virtual std::vector<Timer> timers_due(Instant until, std::size_t limit) = 0;
    virtual std::optional<Instant> next_timer() = 0;
    /// Entries by (due, id), at most `limit`.
    virtual std::vector<OutboxEntry> outbox(std::size_t limit) = 0;
    /// Rows of one table by key.
    virtual std::vector<ProjectionRow> rows(const std::string& table) = 0;
    virtual std::optional<Bytes> blob(const Digest& digest) = 0;

    /// Leaf hashes [from, to) for proofs; positions count from 0 here as in RFC 6962.
    virtual std::vector<Digest> leaves(std::uint64_t from, std::uint64_t to) = 0;

    /// A snapshot is a cache: keyed by name and fold version, at a position. Losing it costs time
    /// only.
    virtual void save_snapshot(const std::string& name, std::uint16_t fold_version, Position at,
                               BytesView bytes) = 0;
    struct Snapshot {
        Position at = 0;
        Bytes bytes;
    };
    virtual std::optional<Snapshot> snapshot(const std::string& name,
                                             std::uint16_t fold_version) = 0;
};

}  // namespace dutylog::log
