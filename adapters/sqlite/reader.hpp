#pragma once

#include <string>

#include "adapters/sqlite/reading_store.hpp"

namespace dutylog::sqlite {

/// One log in one SQLite file, to be read beside the writer, also from another process. It shows
/// one moment of the log, from its making or the last `refresh` on; whatever is committed later is
/// not seen. It never checkpoints. One thread at a time.
class SqliteReader final : public ReadingStore {
public:
    /// @throws StoreError  there is no log in the file
    explicit SqliteReader(const std::string& path, const std::string& vfs = {});
    /// Reads over a connection that someone else has, and in their transaction if there is one.
    explicit SqliteReader(std::shared_ptr<Database> database);
    ~SqliteReader() override;

    /// Shows the log as it is now.
    void refresh();

    /// @throws BadAppend  always: this store is for reading
    std::vector<log::AppendOutcome> append(std::span<const log::Append> batch,
                                           Instant recorded) override;
    /// @throws BadAppend  always: this store is for reading
    void save_snapshot(const std::string& name, std::uint16_t fold_version, log::Position at,
                       BytesView bytes) override;

private:
    void refuse_if_stopped() const override {}

    std::optional<ReadTransaction> view_;
};

}  // namespace dutylog::sqlite
