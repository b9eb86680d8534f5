#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/findings.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// What the derived tables must hold, worked out anew from the events. What is not there cannot be
/// derived and is judged by its checksums alone.
struct Derived {
    std::optional<std::vector<log::Timer>> timers;
    std::optional<std::vector<log::OutboxEntry>> outbox;
    std::optional<std::vector<log::ProjectionRow>> rows;
    std::optional<std::vector<log::CommandResult>> results;
};

/// Folds the whole log; the engine knows how, the store does not.
using RebuildDerived = std::function<Derived(log::EventStore&)>;

struct VerifyOptions {
    /// Tree heads of checkpoints that were kept outside the log. Whoever can write the file can
    /// make a log that agrees with itself; only what is kept elsewhere shows that it is another
    /// one.
    std::vector<log::TreeHead> kept_heads{};
    RebuildDerived rebuild{};     ///< may be empty
    bool integrity_check = true;  ///< SQLite's own check of its pages and indexes
    unsigned threads = 2;         ///< that read and hash events
    std::string vfs{};            ///< file layer by name; empty for the system's own
    /// Told the events checked and their number, now and then.
    std::function<void(std::uint64_t done, std::uint64_t all)> progress{};
};

/// Reads every byte of every row of the log and recomputes what can be recomputed: payload and leaf
/// hashes, the chain of each stream, positions, versions, the tree, the ends of streams, digests of
/// blobs, checksums of rows that nothing else proves, derived tables where `rebuild` says what they
/// should be. Opens the file for reading only and may run beside the writer.
/// @returns what is wrong; nothing for a sound log. At most `Findings::kept_max` are told
std::vector<Finding> verify(const std::string& path, const VerifyOptions& options = {});

/// The same over an open connection, in its transaction, with one thread.
std::vector<Finding> verify(const std::shared_ptr<Database>& database,
                            const VerifyOptions& options = {});

}  // namespace dutylog::sqlite
