#pragma once

#include <memory>
#include <optional>
#include <string>

#include "adapters/cli/command.hpp"
#include "adapters/keys/key_file.hpp"
#include "adapters/sqlite/reader.hpp"
#include "adapters/sqlite/store.hpp"
#include "engine/runtime/engine.hpp"
#include "engine/runtime/publication.hpp"

namespace dutylog::cli {

/// Where a log is, and what whoever asks has read of it already.
struct LogPlace {
    std::string path;
    std::string file_layer = {};   ///< of SQLite; empty for the system's own
    pdca::RulesSource rules = {};  ///< of every published bundle; empty: they are read again
};

/// A log opened for questions; it may be open for writing elsewhere meanwhile.
class OpenedLog {
public:
    /// @throws Failure  there is no log; StoreError
    OpenedLog(Session& session, const std::string& path)
        : OpenedLog{session, LogPlace{.path = path}} {}
    OpenedLog(Session& session, LogPlace place);

    log::EventStore& store() { return store_; }
    /// The keys of people, as far as whoever asks may read them.
    const log::KeyRing& keys() const { return keys_; }
    /// Gives the rules of every published bundle.
    pdca::RulesSource source();
    /// The log's state: now, from the snapshot on where there is one; or as known at a moment.
    pdca::World world(std::optional<Instant> known_at = std::nullopt);
    /// The world now, folded once.
    const pdca::World& now();
    /// Of what was published last; the log is not folded for it.
    /// @throws Failure  nothing was published yet
    const calendar::Zone& zone();

private:
    void fold(pdca::World& world, log::Position after, std::optional<Instant> known_at);

    Session& session_;
    sqlite::SqliteReader store_;
    keys::KeyFile keys_;
    runtime::PublishedRules rules_;
    pdca::RulesSource known_rules_;
    pdca::RulesPtr published_;
    std::optional<pdca::World> now_;
};

/// A log opened for writing: the one writer. Timers that are due fire before anything else, as they
/// would have in a program that had been running.
class WritingLog {
public:
    /// @throws Failure  there is no log; LogLocked; StoreError
    WritingLog(Session& session, const std::string& path);

    runtime::Engine& engine() { return *engine_; }
    const pdca::World& world() const { return engine_->world(); }
    /// Fires what is due by the session's clock.
    /// @returns how many timers fired
    std::size_t fire_due();
    /// To be called when all is committed: saves a snapshot where reading the log again would
    /// take long.
    void finish();

private:
    Session& session_;
    sqlite::SqliteStore store_;
    keys::KeyFile keys_;
    std::unique_ptr<runtime::Engine> engine_;
    log::Position opened_at_ = 0;
};

/// The rules that were published last.
/// @throws Failure  nothing was published yet
pdca::RulesPtr last_published(log::EventStore& store, runtime::PublishedRules& rules);

/// @throws Failure  there is no file of that name
void require_log(const std::string& path);

/// A command id for those who gave none: 64 random bits.
CommandId fresh_command_id(Session& session);

}  // namespace dutylog::cli
