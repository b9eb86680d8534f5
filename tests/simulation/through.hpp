#pragma once

#include "engine/log/event_store.hpp"

namespace dutylog::simulation {

/// A store in front of a store that passes everything on. What differs is said by what derives.
class Through : public log::EventStore {
public:
    explicit Through(log::EventStore& store) : store_{store} {}

    std::vector<log::AppendOutcome> append(std::span<const log::Append> batch,
                                           Instant recorded) override {
        return store_.append(batch, recorded);
    }
    log::TreeHead head() override { return store_.head(); }
    Instant last_recorded() override { return store_.last_recorded(); }
    log::Version version_of(const StreamId& stream) override { return store_.version_of(stream); }
    std::optional<log::StoredEvent> at(log::Position position) override {
        return store_.at(position);
    }
    void scan(log::Position from, const Visit& visit) override { store_.scan(from, visit); }
    void scan_stream(const StreamId& stream, log::Version from, const Visit& visit) override {
        store_.scan_stream(stream, from, visit);
    }
    std::vector<StreamId> streams(const std::string& prefix) override {
        return store_.streams(prefix);
    }
    std::optional<log::CommandResult> result_of(const CommandId& command) override {
        return store_.result_of(command);
    }
    std::vector<log::Timer> timers_due(Instant until, std::size_t limit) override {
        return store_.timers_due(until, limit);
    }
    std::optional<Instant> next_timer() override { return store_.next_timer(); }
    std::vector<log::OutboxEntry> outbox(std::size_t limit) override {
        return store_.outbox(limit);
    }
    std::vector<log::ProjectionRow> rows(const std::string& table) override {
        return store_.rows(table);
    }
    std::optional<Bytes> blob(const Digest& digest) override { return store_.blob(digest); }
    std::vector<Digest> leaves(std::uint64_t from, std::uint64_t to) override {
        return store_.leaves(from, to);
    }
    void save_snapshot(const std::string& name, std::uint16_t fold_version, log::Position at,
                       BytesView bytes) override {
        store_.save_snapshot(name, fold_version, at, bytes);
    }
    std::optional<Snapshot> snapshot(const std::string& name, std::uint16_t fold_version) override {
        return store_.snapshot(name, fold_version);
    }

protected:
    log::EventStore& store_;
};

}  // namespace dutylog::simulation
