#include "adapters/sqlite/backup.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "adapters/sqlite/database.hpp"
#include "adapters/sqlite/log_row.hpp"
#include "adapters/sqlite/schema.hpp"
#include "engine/log/disk_full.hpp"

namespace dutylog::sqlite {

namespace {

constexpr int pages_per_step = 4096;

/// The file that is written, and the copying into it.
class Copy {
public:
    Copy(Database& from, const std::string& to) : path_{to} {
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                          SQLITE_OPEN_EXRESCODE;
        if (sqlite3_open_v2(to.c_str(), &connection_, flags, nullptr) == SQLITE_OK)
            backup_ = sqlite3_backup_init(connection_, "main", from.raw(), "main");
        if (backup_ != nullptr) return;
        const std::string why = words();
        sqlite3_close_v2(connection_);
        throw log::StoreError{why};
    }
    ~Copy() {
        sqlite3_backup_finish(backup_);
        sqlite3_close_v2(connection_);
    }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;

    /// @returns whether more is left
    bool step() {
        const int code = sqlite3_backup_step(backup_, pages_per_step);
        if (code == SQLITE_OK || code == SQLITE_DONE) return code == SQLITE_OK;
        const std::string why =
            fmt::format("{}: cannot be written: {} (SQLite {})", path_, sqlite3_errstr(code), code);
        if ((code & 0xff) == SQLITE_FULL) throw log::DiskFull{why};
        throw log::StoreError{why};
    }
    /// A copy is one file by itself: reading it makes no other files beside it. Whoever opens it as
    /// a log goes over to a write-ahead log again.
    void leave_write_ahead() {
        sqlite3_backup_finish(std::exchange(backup_, nullptr));
        if (sqlite3_exec(connection_, "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr) !=
            SQLITE_OK)
            throw log::StoreError{words()};
    }
    std::uint64_t pages() const {
        return static_cast<std::uint64_t>(std::max(0, sqlite3_backup_pagecount(backup_)));
    }
    std::uint64_t left() const {
        return static_cast<std::uint64_t>(std::max(0, sqlite3_backup_remaining(backup_)));
    }

private:
    std::string words() const {
        return fmt::format("{}: cannot be written: {}", path_, sqlite3_errmsg(connection_));
    }

    std::string path_;
    sqlite3* connection_ = nullptr;
    sqlite3_backup* backup_ = nullptr;
};

}  // namespace

void copy_log(const std::string& from, const std::string& to,
              const std::function<void(std::uint64_t, std::uint64_t)>& progress) {
    if (std::filesystem::exists(to))
        throw log::StoreError{fmt::format("{}: expected no file, found one", to)};
    Database source{from, Access::read};
    // One view for all steps: what the writer commits meanwhile is not seen, and starts nothing
    // anew.
    const ReadTransaction view{source};
    check_schema(source);
    Copy copy{source, to};
    for (bool more = true; more;) {
        more = copy.step();
        if (progress) progress(copy.pages() - copy.left(), copy.pages());
    }
    copy.leave_write_ahead();
}

void remove_leftovers(const std::string& path) {
    std::error_code error;
    for (const char* end : {"-wal", "-shm"}) {
        const std::string name = path + end;
        const bool holds_pages = std::string_view{end} == "-wal" &&
                                 std::filesystem::exists(name, error) &&
                                 std::filesystem::file_size(name, error) > 0;
        if (!holds_pages) std::filesystem::remove(name, error);
    }
}

std::uint64_t epoch_of(const std::string& path) {
    Database database{path, Access::read};
    check_schema(database);
    return LogRow{database}.read().epoch;
}

std::uint64_t begin_epoch(const std::string& path, std::uint64_t beyond) {
    Database database{path, Access::write};
    check_schema(database);
    Transaction transaction{database};
    LogRow row{database};
    LogState state = row.read();
    state.epoch = std::max(state.epoch, beyond) + 1;
    row.write(state);
    transaction.commit();
    return state.epoch;
}

}  // namespace dutylog::sqlite
