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
    tables_->log.take_over(state_);
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
    return stop_on_failure([&] {
        Transaction transaction{*database_};
        auto outcomes = append_in_transaction(batch, recorded);
        transaction.commit();
        checkpoint_if_due();
        return outcomes;
    });
}

std::vector<AppendOutcome> SqliteStore::append_in_transaction(std::span<const Append> batch,
                                                              Instant recorded) {
    std::vector<AppendOutcome> outcomes;
    outcomes.reserve(batch.size());
    const Instant at = std::max(recorded, state_.recorded);
    placing_.begin(*this, state_.frontier.size() + 1, at);
    for (const Append& element : batch) outcomes.push_back(placing_.place(element));

    // From here on memory moves with the tables; if the commit fails, neither is believed.
    write_events();
    write_effects(batch, outcomes);
    if (!placing_.events().empty()) state_.recorded = at;
    if (tables_->derived.unsettled() + tables_->heads.unsettled() >= options_.settle_after)
        settle_tables();
    tables_->log.write(state_);
    return outcomes;
}

void SqliteStore::write_events() {
    for (const PlacedEvent& event : placing_.events()) {
        const Envelope& envelope = event.envelope;
        StreamEnd& end = tables_->heads.to_move(envelope.stream.str());
        tables_->events.insert(event, end.id);
        end.head = {envelope.version, envelope.position, event.leaf};
        state_.frontier.append(event.leaf);
    }
}

void SqliteStore::write_effects(std::span<const Append> batch,
                                const std::vector<AppendOutcome>& outcomes) {
    effects_.clear();
    for (std::size_t i = 0; i < batch.size(); ++i) {
        const auto* appended = std::get_if<Appended>(&outcomes[i]);
        if (appended == nullptr) continue;
        encode_effects(effects_, batch[i], appended->first);
        tables_->derived.apply(batch[i], appended->first);
        for (const Bytes& blob : batch[i].blobs) insert_blob_->run(sha256(blob), blob);
    }
    if (!effects_.empty()) tables_->derived.keep(effects_);
}

void SqliteStore::settle_tables() {
    tables_->heads.settle();
    tables_->derived.settle();
    state_.settled = state_.frontier.size();
    state_.batch = tables_->derived.last_batch();
}

void SqliteStore::settle() {
    stop_on_failure([&] {
        Transaction transaction{*database_};
        settle_tables();
        tables_->log.write(state_);
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

StreamHead SqliteStore::head_of(const StreamId& stream) {
    const StreamEnd* end = tables_->heads.find(stream.str());
    return end == nullptr ? StreamHead{} : end->head;
}

Digest SqliteStore::leaf_at(Position position) { return tables_->events.leaf_at(position); }

}  // namespace dutylog::sqlite
