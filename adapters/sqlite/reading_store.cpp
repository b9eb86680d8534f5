#include "adapters/sqlite/reading_store.hpp"

#include <algorithm>
#include <limits>

#include "adapters/sqlite/row_sum.hpp"

namespace dutylog::sqlite {

using namespace log;

ReadingStore::Tables::Tables(Database& database)
    : log{database},
      batches{database},
      events{database},
      heads{database},
      commands{database},
      derived{database},
      blob{database, "SELECT bytes FROM blob WHERE digest = ?"},
      snapshot{database,
               "SELECT position, bytes, sum FROM snapshot WHERE name = ? AND fold_version = ?"} {}

void ReadingStore::load() {
    state_ = tables_->log.read();
    settled_ = state_.frontier.size();
    tables_->heads.load();
    tables_->derived.load();
    tables_->commands.load(settled_);
    follow();
}

void ReadingStore::follow() {
    const Position known = std::max(state_.frontier.size(), settled_);
    tables_->batches.read_after(state_.batch, [&](const Batch& batch) {
        state_.batch = batch.number;
        state_.recorded = batch.recorded;
        state_.frontier = batch.frontier;
        tables_->derived.carry_out(batch.effects);
    });
    tables_->commands.follow();
    const Position from = std::min(known, tables_->commands.known_up_to());
    tables_->events.read_after(from, [&](const EventTable::Younger& event) {
        tables_->commands.follow(event.envelope.position, event.result);
        if (event.envelope.position > known)
            tables_->heads.follow(event.envelope, event.stream, event.leaf);
    });
}

TreeHead ReadingStore::head() {
    refuse_if_stopped();
    return {state_.frontier.size(), state_.frontier.root()};
}

Instant ReadingStore::last_recorded() {
    refuse_if_stopped();
    return state_.recorded;
}

Version ReadingStore::version_of(const StreamId& stream) {
    refuse_if_stopped();
    const StreamEnd* end = tables_->heads.find(stream.str());
    return end == nullptr ? 0 : end->head.version;
}

std::optional<StoredEvent> ReadingStore::at(Position position) {
    refuse_if_stopped();
    if (position == 0 || position > state_.frontier.size()) return std::nullopt;
    return tables_->events.at(position);
}

void ReadingStore::scan(Position from, const Visit& visit) {
    refuse_if_stopped();
    if (from <= state_.frontier.size()) tables_->events.scan(from, visit);
}

void ReadingStore::scan_stream(const StreamId& stream, Version from, const Visit& visit) {
    refuse_if_stopped();
    const StreamEnd* end = tables_->heads.find(stream.str());
    const Version first = std::max<Version>(from, 1);
    if (end == nullptr || first > end->head.version) return;
    Version expected = first;
    const auto checked = [&](const StoredEvent& event) {
        if (event.envelope.version != expected++ || event.envelope.stream != stream)
            throw DamagedEvent{event.envelope.position, "it does not follow its stream"};
        return visit(event);
    };
    tables_->events.scan_back(end->head.position, end->head.version - first + 1, checked);
}

std::vector<StreamId> ReadingStore::streams(const std::string& prefix) {
    refuse_if_stopped();
    return tables_->heads.streams(prefix);
}

std::optional<CommandResult> ReadingStore::result_of(const CommandId& command) {
    refuse_if_stopped();
    return tables_->commands.find(command.str());
}

std::vector<Timer> ReadingStore::timers_due(Instant until, std::size_t limit) {
    refuse_if_stopped();
    return tables_->derived.timers.due(until, limit);
}

std::optional<Instant> ReadingStore::next_timer() {
    constexpr Instant end_of_time{std::numeric_limits<std::int64_t>::max()};
    const std::vector<Timer> next = timers_due(end_of_time, 1);
    if (next.empty()) return std::nullopt;
    return next.front().due;
}

std::vector<OutboxEntry> ReadingStore::outbox(std::size_t limit) {
    refuse_if_stopped();
    return tables_->derived.outbox.first(limit);
}

std::vector<ProjectionRow> ReadingStore::rows(const std::string& table) {
    refuse_if_stopped();
    return tables_->derived.projections.rows(table);
}

std::optional<Bytes> ReadingStore::blob(const Digest& digest) {
    refuse_if_stopped();
    Rows found{tables_->blob, digest};
    if (!found.next()) return std::nullopt;
    const BytesView bytes = found.bytes(0);
    return Bytes(bytes.begin(), bytes.end());
}

std::vector<Digest> ReadingStore::leaves(std::uint64_t from, std::uint64_t to) {
    refuse_if_stopped();
    const std::uint64_t end = std::min(to, state_.frontier.size());
    if (from >= end) return {};
    return tables_->events.leaves(from, end);
}

std::optional<EventStore::Snapshot> ReadingStore::snapshot(const std::string& name,
                                                           std::uint16_t fold_version) {
    refuse_if_stopped();
    std::optional<Snapshot> snapshot = read_snapshot(name, fold_version);
    // It may be as large as the whole cache, and is read once.
    database_->release_pages();
    return snapshot;
}

std::optional<EventStore::Snapshot> ReadingStore::read_snapshot(const std::string& name,
                                                                std::uint16_t fold_version) {
    Rows found{tables_->snapshot, name, fold_version};
    if (!found.next()) return std::nullopt;
    const BytesView bytes = found.bytes(1);
    // A damaged snapshot is a lost one: it is folded again from the events.
    if (found.integer(2) != RowSum::of(name, fold_version, found.natural(0), bytes))
        return std::nullopt;
    return Snapshot{found.natural(0), Bytes(bytes.begin(), bytes.end())};
}

}  // namespace dutylog::sqlite
