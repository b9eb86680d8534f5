#include "adapters/memory/store.hpp"

#include <algorithm>
#include <limits>

namespace dutylog::memory {

using namespace log;

void MemoryStore::fail_after(std::uint64_t appends, Failure how) {
    appends_left_ = appends;
    failure_ = how;
}

void MemoryStore::reopen() {
    stopped_ = false;
    failure_.reset();
}

void MemoryStore::refuse_if_stopped() const {
    if (stopped_) throw StoreError{"the store stopped after an earlier failure"};
}

bool MemoryStore::fails_now(Failure how) { return failure_ == how && appends_left_ == 0; }

std::vector<AppendOutcome> MemoryStore::append(std::span<const Append> batch, Instant recorded) {
    refuse_if_stopped();
    std::vector<AppendOutcome> outcomes;
    placing_.begin(*this, events_.size() + 1, std::max(recorded, last_recorded()));
    for (const Append& element : batch) outcomes.push_back(placing_.place(element));

    if (fails_now(Failure::nothing_written)) {
        stopped_ = true;
        throw StoreError{"the write failed, as planned"};
    }
    write_events();
    for (std::size_t i = 0; i < batch.size(); ++i)
        if (std::holds_alternative<Appended>(outcomes[i])) write_effects(batch[i]);
    if (fails_now(Failure::written_unanswered)) {
        stopped_ = true;
        throw StoreError{"the answer to a commit was lost, as planned"};
    }
    if (failure_) --appends_left_;
    return outcomes;
}

void MemoryStore::write_events() {
    for (const PlacedEvent& placed : placing_.events()) {
        events_.push_back(
            {placed.envelope, Bytes(placed.payload.begin(), placed.payload.end()), placed.leaf});
        streams_[placed.envelope.stream.str()].push_back(placed.envelope.position);
        frontier_.append(placed.leaf);
    }
}

void MemoryStore::write_effects(const Append& append) {
    write_timers(append);
    write_outbox(append);
    write_rows(append);
    for (const Bytes& bytes : append.blobs) blobs_.try_emplace(sha256(bytes), bytes);
    if (append.result) results_.try_emplace(append.result->command, *append.result);
}

void MemoryStore::write_timers(const Append& append) {
    const auto drop = [this](const std::string& key) {
        const auto found = timers_.find(key);
        if (found == timers_.end()) return;
        timers_by_due_.erase({found->second.due, key});
        timers_.erase(found);
    };
    for (const std::string& key : append.drop_timers) drop(key);
    for (const Timer& timer : append.set_timers) {
        drop(timer.key);
        timers_by_due_.emplace(timer.due, timer.key);
        timers_.emplace(timer.key, timer);
    }
}

void MemoryStore::write_outbox(const Append& append) {
    const auto drop = [this](const std::string& id) {
        const auto found = outbox_.find(id);
        if (found == outbox_.end()) return;
        outbox_by_due_.erase({found->second.due, id});
        outbox_.erase(found);
    };
    for (const std::string& id : append.drop_outbox) drop(id);
    for (const OutboxEntry& entry : append.add_outbox) {
        drop(entry.id);
        outbox_by_due_.emplace(entry.due, entry.id);
        outbox_.emplace(entry.id, entry);
    }
}

void MemoryStore::write_rows(const Append& append) {
    for (const auto& [table, key] : append.drop_rows) rows_[table].erase(key);
    for (const ProjectionRow& row : append.set_rows) rows_[row.table][row.key] = row.value;
}

TreeHead MemoryStore::head() {
    refuse_if_stopped();
    return {frontier_.size(), frontier_.root()};
}

Instant MemoryStore::last_recorded() {
    refuse_if_stopped();
    return events_.empty() ? Instant{} : events_.back().envelope.recorded;
}

Version MemoryStore::version_of(const StreamId& stream) {
    refuse_if_stopped();
    const auto found = streams_.find(stream.str());
    return found == streams_.end() ? 0 : found->second.size();
}

StreamHead MemoryStore::head_of(const StreamId& stream, std::size_t) {
    const auto found = streams_.find(stream.str());
    if (found == streams_.end()) return {};
    const StoredEvent& last = events_[found->second.back() - 1];
    return {last.envelope.version, last.envelope.position, last.leaf};
}

Digest MemoryStore::leaf_at(Position position) { return events_[position - 1].leaf; }

std::optional<StoredEvent> MemoryStore::at(Position position) {
    refuse_if_stopped();
    if (position == 0 || position > events_.size()) return std::nullopt;
    return events_[position - 1];
}

void MemoryStore::scan(Position from, const Visit& visit) {
    refuse_if_stopped();
    for (std::size_t i = std::max<Position>(from, 1) - 1; i < events_.size(); ++i)
        if (!visit(events_[i])) return;
}

void MemoryStore::scan_stream(const StreamId& stream, Version from, const Visit& visit) {
    refuse_if_stopped();
    const auto found = streams_.find(stream.str());
    if (found == streams_.end()) return;
    const std::vector<Position>& positions = found->second;
    for (std::size_t i = std::max<Version>(from, 1) - 1; i < positions.size(); ++i)
        if (!visit(events_[positions[i] - 1])) return;
}

std::vector<StreamId> MemoryStore::streams(const std::string& prefix) {
    refuse_if_stopped();
    std::vector<StreamId> names;
    for (auto at = streams_.lower_bound(prefix);
         at != streams_.end() && at->first.starts_with(prefix); ++at)
        names.emplace_back(at->first);
    return names;
}

std::optional<CommandResult> MemoryStore::result_of(const CommandId& command) {
    refuse_if_stopped();
    const auto found = results_.find(command);
    if (found == results_.end()) return std::nullopt;
    return found->second;
}

std::vector<Timer> MemoryStore::timers_due(Instant until, std::size_t limit) {
    refuse_if_stopped();
    std::vector<Timer> due;
    for (const auto& [instant, key] : timers_by_due_) {
        if (instant > until || due.size() == limit) break;
        due.push_back(timers_.at(key));
    }
    return due;
}

std::optional<Instant> MemoryStore::next_timer() {
    refuse_if_stopped();
    if (timers_by_due_.empty()) return std::nullopt;
    return timers_by_due_.begin()->first;
}

std::vector<OutboxEntry> MemoryStore::outbox(std::size_t limit) {
    refuse_if_stopped();
    std::vector<OutboxEntry> entries;
    for (const auto& [due, id] : outbox_by_due_) {
        if (entries.size() == limit) break;
        entries.push_back(outbox_.at(id));
    }
    return entries;
}

std::vector<ProjectionRow> MemoryStore::rows(const std::string& table) {
    refuse_if_stopped();
    std::vector<ProjectionRow> found;
    const auto at = rows_.find(table);
    if (at == rows_.end()) return found;
    for (const auto& [key, value] : at->second) found.push_back({table, key, value});
    return found;
}

std::optional<Bytes> MemoryStore::blob(const Digest& digest) {
    refuse_if_stopped();
    const auto found = blobs_.find(digest);
    if (found == blobs_.end()) return std::nullopt;
    return found->second;
}

std::vector<Digest> MemoryStore::leaves(std::uint64_t from, std::uint64_t to) {
    refuse_if_stopped();
    std::vector<Digest> found;
    for (std::uint64_t i = from; i < std::min<std::uint64_t>(to, events_.size()); ++i)
        found.push_back(events_[i].leaf);
    return found;
}

void MemoryStore::save_snapshot(const std::string& name, std::uint16_t fold_version, Position at,
                                BytesView bytes) {
    refuse_if_stopped();
    snapshots_[{name, fold_version}] = {at, Bytes(bytes.begin(), bytes.end())};
}

std::optional<EventStore::Snapshot> MemoryStore::snapshot(const std::string& name,
                                                          std::uint16_t fold_version) {
    refuse_if_stopped();
    const auto found = snapshots_.find({name, fold_version});
    if (found == snapshots_.end()) return std::nullopt;
    return found->second;
}

}  // namespace dutylog::memory
