#include "adapters/sqlite/store.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>

#include "adapters/sqlite/effects.hpp"
#include "adapters/sqlite/row_sum.hpp"
#include "adapters/sqlite/schema.hpp"

namespace dutylog::sqlite {

using namespace log;

namespace {

/// Effects that wait for settling are kept in memory too.
constexpr std::size_t unsettled_bytes_max = std::size_t{8} << 20;

const char* pragma_of(Synchronous synchronous) {
    switch (synchronous) {
        case Synchronous::off:
            return "PRAGMA synchronous=OFF";
        case Synchronous::normal:
            return "PRAGMA synchronous=NORMAL";
        case Synchronous::full:
            break;
    }
    return "PRAGMA synchronous=FULL";
}

/// SQLite calls this after each commit with the size of the write-ahead log.
int note_pages(void* pages_in_wal, sqlite3*, const char*, int pages) {
    *static_cast<int*>(pages_in_wal) = pages;
    return SQLITE_OK;
}

}  // namespace

SqliteStore::SqliteStore(const std::string& path, Options options) : options_{std::move(options)} {
    const bool own_files = !options_.vfs.empty();
    if (!own_files) lock_.emplace(path + ".lock");
    database_ =
        std::make_unique<Database>(path, Access::write, own_files ? options_.vfs.c_str() : nullptr);
    prepare();
    Transaction transaction{*database_};
    load();
    ++state_.epoch;
    committed_ = state_.frontier.size();
    settle_tables();
    transaction.commit();
    if (lock_) lock_->sign(state_.epoch);
}

void SqliteStore::prepare() {
    const bool is_new = is_new_log(*database_);
    database_->run("PRAGMA auto_vacuum=NONE; PRAGMA secure_delete=FAST; PRAGMA cache_size=-32768");
    if (database_->answer("PRAGMA journal_mode=WAL") != "wal")
        throw StoreError{database_->path() + ": SQLite cannot keep a write-ahead log here"};
    database_->run(pragma_of(options_.synchronous));
    sqlite3_wal_hook(database_->raw(), note_pages, &pages_in_wal_);
    if (is_new) create_schema(*database_);
    tables_ = std::make_unique<Tables>(*database_);
    insert_blob_.emplace(*database_,
                         "INSERT INTO blob(digest, bytes) VALUES(?, ?) ON CONFLICT DO NOTHING");
    insert_snapshot_.emplace(
        *database_,
        "INSERT OR REPLACE INTO snapshot(name, fold_version, position, bytes, sum)"
        " VALUES(?, ?, ?, ?, ?)");
}

void SqliteStore::refuse_if_stopped() const {
    if (stopped_)
        throw StoreError{database_->path() +
                         ": the store stopped after a failure; open it again to go on"};
}

template <class Change>
auto SqliteStore::stop_on_failure(Change change) {
    refuse_if_stopped();
    try {
        return change();
    } catch (const BadAppend&) {
        throw;  // found before anything was written; the transaction was rolled back
    } catch (...) {
        // What the log holds is now unknown; closing must not move it into the database.
        stopped_ = true;
        sqlite3_db_config(database_->raw(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        throw;
    }
}

std::vector<AppendOutcome> SqliteStore::append(std::span<const Append> batch, Instant recorded) {
    return stop_on_failure([&]() -> std::vector<AppendOutcome> {
        if (batch.empty()) return {};
        Transaction transaction{*database_};
        auto outcomes = append_in_transaction(batch, recorded);
        transaction.commit();
        committed_.store(state_.frontier.size(), std::memory_order_release);
        checkpoint_if_due();
        return outcomes;
    });
}

std::vector<AppendOutcome> SqliteStore::append_in_transaction(std::span<const Append> batch,
                                                              Instant recorded) {
    std::vector<AppendOutcome> outcomes;
    outcomes.reserve(batch.size());
    ends_.clear();
    const Instant at = std::max(recorded, state_.recorded);
    placing_.begin(*this, state_.frontier.size() + 1, at);
    for (const Append& element : batch) outcomes.push_back(placing_.place(element));

    // From here on memory moves with the tables; if the commit fails, neither is believed.
    tables_->log.check_epoch(state_.epoch);
    effects_.clear();
    for (std::size_t i = 0; i < batch.size(); ++i)
        if (const auto* appended = std::get_if<Appended>(&outcomes[i]))
            write_element(batch[i], *appended);
    if (!placing_.events().empty()) state_.recorded = at;
    ++state_.batch;
    tables_->derived.carry_out(effects_);
    if (settling_is_due())
        settle_tables();
    else
        tables_->batches.insert(state_, effects_);
    return outcomes;
}

void SqliteStore::write_element(const Append& append, const Appended& place) {
    result_.clear();
    if (append.result) tables_->commands.insert(*append.result, place.first, result_);
    if (!append.events.empty()) {
        const auto events = placing_.events();
        const std::size_t first = place.first - events.front().envelope.position;
        for (const PlacedEvent& event : events.subspan(first, append.events.size())) {
            write_event(event, result_);
            result_.clear();
        }
    }
    for (const Bytes& blob : append.blobs) insert_blob_->run(sha256(blob), blob);
    encode_effects(effects_, append);
}

void SqliteStore::write_event(const PlacedEvent& event, BytesView result) {
    const Envelope& envelope = event.envelope;
    StreamEnd*& end = ends_[event.stream];
    if (end == nullptr || end->settled) end = &tables_->heads.to_move(envelope.stream.str());
    tables_->events.insert(event, end->id, result);
    end->head = {envelope.version, envelope.position, event.leaf};
    state_.frontier.append(event.leaf);
}

bool SqliteStore::settling_is_due() const {
    const std::uint64_t events = state_.frontier.size() - settled_;
    const auto batches = static_cast<std::uint64_t>(state_.batch - settled_batch_);
    return events + batches >= options_.settle_after ||
           tables_->derived.unsettled_bytes() >= unsettled_bytes_max;
}

void SqliteStore::settle_tables() {
    tables_->heads.settle();
    tables_->commands.settle(state_.batch);
    tables_->derived.settle();
    tables_->batches.clear();
    tables_->log.write(state_);
    settled_ = state_.frontier.size();
    settled_batch_ = state_.batch;
}

void SqliteStore::settle() {
    stop_on_failure([&] {
        Transaction transaction{*database_};
        tables_->log.check_epoch(state_.epoch);
        settle_tables();
        transaction.commit();
        checkpoint_if_due();
    });
}

void SqliteStore::checkpoint_if_due() {
    if (pages_in_wal_ < options_.checkpoint_pages) return;
    const int code = sqlite3_wal_checkpoint_v2(database_->raw(), nullptr, SQLITE_CHECKPOINT_PASSIVE,
                                               nullptr, nullptr);
    // A reader may keep old pages needed; then the next checkpoint takes them.
    if (code != SQLITE_OK && code != SQLITE_BUSY) database_->fail("the checkpoint");
    pages_in_wal_ = 0;
}

void SqliteStore::save_snapshot(const std::string& name, std::uint16_t fold_version, Position at,
                                BytesView bytes) {
    stop_on_failure([&] {
        Transaction transaction{*database_};
        insert_snapshot_->run(name, fold_version, at, bytes,
                              RowSum::of(name, fold_version, at, bytes));
        transaction.commit();
        checkpoint_if_due();
    });
}

StreamHead SqliteStore::head_of(const StreamId& stream, std::size_t) {
    StreamEnd* end = tables_->heads.find(stream.str());
    ends_.push_back(end);
    return end == nullptr ? StreamHead{} : end->head;
}

Digest SqliteStore::leaf_at(Position position) { return tables_->events.leaf_at(position); }

}  // namespace dutylog::sqlite
