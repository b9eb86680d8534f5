#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/log/event_store.hpp"
#include "engine/log/placing.hpp"
#include "engine/log/tree.hpp"

namespace dutylog::memory {

/// The log in memory: the twin of the SQLite store for tests, simulations and what-if. It keeps
/// every promise of the port except that nothing outlives it.
class MemoryStore final : public log::EventStore, private log::Placed {
public:
    /// How an append fails when a test says so. The caller cannot tell the two apart.
    enum class Failure : std::uint8_t {
        nothing_written,    ///< the commit did not happen
        written_unanswered  ///< the commit happened and its answer was lost
    };
    /// Lets `appends` more appends succeed, then one fails; after it the store refuses every call.
    void fail_after(std::uint64_t appends, Failure how);
    /// What a restart does: the store answers again, with what was written.
    void reopen();

    std::vector<log::AppendOutcome> append(std::span<const log::Append> batch,
                                           Instant recorded) override;
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
    void save_snapshot(const std::string& name, std::uint16_t fold_version, log::Position at,
                       BytesView bytes) override;
    std::optional<Snapshot> snapshot(const std::string& name, std::uint16_t fold_version) override;

private:
    log::StreamHead head_of(const StreamId& stream, std::size_t index) override;
    Digest leaf_at(log::Position position) override;

    void refuse_if_stopped() const;
    bool fails_now(Failure how);
    void write_events();
    void write_effects(const log::Append& append);
    void write_timers(const log::Append& append);
    void write_outbox(const log::Append& append);
    void write_rows(const log::Append& append);

    log::Placing placing_;
    log::Frontier frontier_;
    std::vector<log::StoredEvent> events_;
    std::map<std::string, std::vector<log::Position>> streams_;
    std::map<std::string, log::Timer> timers_;
    std::set<std::pair<Instant, std::string>> timers_by_due_;
    std::map<std::string, log::OutboxEntry> outbox_;
    std::set<std::pair<Instant, std::string>> outbox_by_due_;
    std::map<std::string, std::map<std::string, Bytes>> rows_;
    std::map<CommandId, log::CommandResult> results_;
    std::map<Digest, Bytes> blobs_;
    std::map<std::pair<std::string, std::uint16_t>, Snapshot> snapshots_;

    std::optional<Failure> failure_;
    std::uint64_t appends_left_ = 0;
    bool stopped_ = false;
};

}  // namespace dutylog::memory
