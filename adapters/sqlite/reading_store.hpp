#pragma once

#include <memory>
#include <optional>

#include "adapters/sqlite/command_table.hpp"
#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/derived_tables.hpp"
#include "adapters/sqlite/event_table.hpp"
#include "adapters/sqlite/heads.hpp"
#include "adapters/sqlite/lock_file.hpp"
#include "adapters/sqlite/log_row.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// The reading half of the port, over one connection.
class ReadingStore : public log::EventStore {
public:
    log::TreeHead head() override;
    Instant last_recorded() override;
    log::Version version_of(const StreamId& stream) override;
    std::optional<log::StoredEvent> at(log::Position position) override;
    void scan(log::Position from, const Visit& visit) override;
    void scan_stream(const StreamId& stream, log::Version from, const Visit& visit) override;
    std::vector<StreamId> streams(const std::string& prefix) override;
    std::optional<log::CommandResult> result_of(const CommandId& command) override;
    std::vector<log::Timer> timers_due(Instant until, std::size_t limit) override;
    std::optional<Instant> next_timer() override;
    std::vector<log::OutboxEntry> outbox(std::size_t limit) override;
    std::vector<log::ProjectionRow> rows(const std::string& table) override;
    std::optional<Bytes> blob(const Digest& digest) override;
    std::vector<Digest> leaves(std::uint64_t from, std::uint64_t to) override;
    std::optional<Snapshot> snapshot(const std::string& name, std::uint16_t fold_version) override;

protected:
    /// The tables and the statements over them; made once the tables exist.
    struct Tables {
        explicit Tables(Database& database);
        LogRow log;
        BatchTable batches;
        EventTable events;
        Heads heads;
        CommandTable commands;
        DerivedTables derived;
        Statement blob;
        Statement snapshot;
    };

    ReadingStore() = default;
    /// @throws StoreError  the store has stopped
    virtual void refuse_if_stopped() const = 0;
    /// Reads the log as of the last settling, then what came after it.
    void load();
    /// Reads what came after `state_`.
    void follow();
    std::optional<Snapshot> read_snapshot(const std::string& name, std::uint16_t fold_version);

    std::optional<LockFile> lock_;  ///< a writer's; first, so that it is let go of last
    std::shared_ptr<Database> database_;
    std::unique_ptr<Tables> tables_;
    LogState state_;
    log::Position settled_ = 0;  ///< size of the log at the last settling
};

}  // namespace dutylog::sqlite
