#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "adapters/sqlite/reading_store.hpp"
#include "engine/log/placing.hpp"

namespace dutylog::sqlite {

/// When a commit is on the disk. Everything but `full` is for tests.
enum class Synchronous : std::uint8_t {
    off,     ///< the system writes when it likes: a power cut loses what was acknowledged
    normal,  ///< synced at checkpoints only: a power cut may lose the latest commits
    full     ///< synced before `append` returns
};

struct Options {
    Synchronous synchronous = Synchronous::full;
    /// File layer by name; empty for the system's own. Another one locks no file of the system.
    std::string vfs;
    /// The derived tables are brought up to date after so many events and batches.
    std::size_t settle_after = 16'384;
    /// The write-ahead log is moved into the database when it has so many pages of 4096 bytes.
    int checkpoint_pages = 4096;
};

/// One log in one SQLite file: the writer. WAL, one transaction and one sync per batch. It holds
/// `<path>.lock`, and every append checks that its epoch still stands, so that there is never a
/// second writer. One thread at a time.
///
/// After any `StoreError` the object is of no more use: what a failed commit left may be durable or
/// not, and only opening the file again tells.
class SqliteStore final : public ReadingStore, private log::Placed {
public:
    /// Opens the log for writing, makes it where there is none, and raises the epoch.
    /// @throws StoreError  another writer has it, or the file is not a log, or it is damaged
    explicit SqliteStore(const std::string& path, Options options = {});

    std::vector<log::AppendOutcome> append(std::span<const log::Append> batch,
                                           Instant recorded) override;
    void save_snapshot(const std::string& name, std::uint16_t fold_version, log::Position at,
                       BytesView bytes) override;

    std::uint64_t epoch() const { return state_.epoch; }
    /// The last event that is committed. Any thread may ask.
    log::Position committed() const { return committed_.load(std::memory_order_acquire); }
    /// Brings the derived tables up to date now, e.g. before a quiet time or a copy.
    void settle();

private:
    log::StreamHead head_of(const StreamId& stream, std::size_t index) override;
    Digest leaf_at(log::Position position) override;
    void refuse_if_stopped() const override;

    /// Runs a change; whatever it throws stops the store, except `BadAppend`.
    template <class Change>
    auto stop_on_failure(Change change);
    void prepare();
    std::vector<log::AppendOutcome> append_in_transaction(std::span<const log::Append> batch,
                                                          Instant recorded);
    void write_element(const log::Append& append, const log::Appended& place);
    void write_event(const log::PlacedEvent& event, BytesView result);
    bool settling_is_due() const;
    void settle_tables();
    void checkpoint_if_due();

    Options options_;
    std::optional<Statement> insert_blob_;
    std::optional<Statement> insert_snapshot_;
    log::Placing placing_;
    std::vector<StreamEnd*> ends_;  ///< of the streams of the batch, by index; null for a new one
    Bytes effects_;                 ///< of the batch that is being written
    Bytes result_;                  ///< of the element that is being written
    std::int64_t settled_batch_ = 0;
    int pages_in_wal_ = 0;
    bool stopped_ = false;
    std::atomic<log::Position> committed_{0};
};

}  // namespace dutylog::sqlite
