#include "adapters/sqlite/database.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cerrno>

#include "adapters/sqlite/library.hpp"
#include "engine/log/disk_full.hpp"

namespace dutylog::sqlite {

using log::StoreError;

namespace {

constexpr int wait_ms_max = 5000;

/// Empty bytes are bytes: a null pointer would bind NULL.
constexpr char nothing[] = "";

}  // namespace

Database::Database(const std::string& path, Access access, const char* vfs) : path_{path} {
    check_library();
    const int flags =
        access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    const int code = sqlite3_open_v2(path.c_str(), &connection_,
                                     flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs);
    try {
        if (code != SQLITE_OK) fail("opening the log");
        sqlite3_busy_timeout(connection_, wait_ms_max);
        sqlite3_db_config(connection_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(connection_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
        if (access == Access::read)
            sqlite3_db_config(connection_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        run("PRAGMA mmap_size=0; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
            "PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=MEMORY");
        if (access == Access::read) run("PRAGMA query_only=ON");
        begin_ = prepare(access == Access::read ? "BEGIN" : "BEGIN IMMEDIATE");
        commit_ = prepare("COMMIT");
    } catch (...) {
        close();
        throw;
    }
}

Database::~Database() { close(); }

void Database::close() {
    sqlite3_finalize(begin_);
    sqlite3_finalize(commit_);
    sqlite3_close_v2(connection_);
}

sqlite3_stmt* Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
        fail(sql);
    return statement;
}

void Database::step_once(sqlite3_stmt* statement) {
    const int code = sqlite3_step(statement);
    if (code == SQLITE_DONE || code == SQLITE_ROW) {
        sqlite3_reset(statement);
        return;
    }
    // The message is read before the reset, and the reset comes whatever it says.
    try {
        fail(sqlite3_sql(statement));
    } catch (const StoreError&) {
        sqlite3_reset(statement);
        throw;
    }
}

void Database::begin() { step_once(begin_); }

void Database::commit() { step_once(commit_); }

void Database::roll_back() noexcept {
    if (in_transaction()) sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::run(const std::string& sql) {
    if (sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql);
}

std::string Database::answer(const std::string& sql) {
    Statement statement{*this, sql};
    Rows rows{statement};
    return rows.next() ? std::string{rows.text(0)} : std::string{};
}

std::int64_t Database::changes() const { return sqlite3_changes64(connection_); }

bool Database::in_transaction() const { return sqlite3_get_autocommit(connection_) == 0; }

void Database::release_pages() noexcept { sqlite3_db_release_memory(connection_); }

void Database::fail(std::string_view doing) const {
    const int code = sqlite3_extended_errcode(connection_);
    const int system = sqlite3_system_errno(connection_);
    const std::string what = fmt::format("{}: {} (SQLite {}, system error {}) while: {}", path_,
                                         sqlite3_errmsg(connection_), code, system, doing);
    const bool disk_failed =
        (code & 0xff) == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT);
    if ((code & 0xff) == SQLITE_FULL || disk_failed) throw log::DiskFull{what};
    throw StoreError{what};
}

Statement::Statement(Database& database, std::string_view sql)
    : database_{database}, statement_{database.prepare(sql)} {}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::bind_number(int index, std::int64_t number) {
    if (sqlite3_bind_int64(statement_, index, number) != SQLITE_OK) database_.fail("binding");
}

void Statement::bind_text(int index, std::string_view text) {
    const char* data = text.empty() ? nothing : text.data();
    if (sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8) !=
        SQLITE_OK)
        database_.fail("binding a text");
}

void Statement::bind_bytes(int index, BytesView bytes) {
    const void* data = bytes.empty() ? nothing : static_cast<const void*>(bytes.data());
    if (sqlite3_bind_blob64(statement_, index, data, bytes.size(), SQLITE_STATIC) != SQLITE_OK)
        database_.fail("binding bytes");
}

void Statement::step_to_end() { database_.step_once(statement_); }

void Rows::begin(Statement& statement) {
    own_ = statement.busy_;
    current_ =
        own_ ? new Statement{statement.database_, sqlite3_sql(statement.statement_)} : &statement;
    current_->busy_ = true;
}

Rows::~Rows() {
    sqlite3_reset(current_->statement_);
    current_->busy_ = false;
    if (own_) delete current_;
}

bool Rows::next() {
    const int code = sqlite3_step(current_->statement_);
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) current_->database_.fail(sqlite3_sql(current_->statement_));
    return false;
}

std::int64_t Rows::integer(int column) const {
    return sqlite3_column_int64(current_->statement_, column);
}

BytesView Rows::bytes(int column) const {
    const void* data = sqlite3_column_blob(current_->statement_, column);
    const int size = sqlite3_column_bytes(current_->statement_, column);
    return {static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)};
}

std::string_view Rows::text(int column) const {
    const unsigned char* data = sqlite3_column_text(current_->statement_, column);
    const int size = sqlite3_column_bytes(current_->statement_, column);
    return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)};
}

Digest Rows::digest(int column) const {
    Digest digest;
    const BytesView stored = bytes(column);
    if (stored.size() == digest.bytes.size()) std::ranges::copy(stored, digest.bytes.begin());
    return digest;
}

Transaction::Transaction(Database& database) : database_{database} { database_.begin(); }

void Transaction::commit() { database_.commit(); }

Transaction::~Transaction() { database_.roll_back(); }

ReadTransaction::ReadTransaction(Database& database) {
    if (database.in_transaction()) return;
    database.run("BEGIN");
    database_ = &database;
}

ReadTransaction::~ReadTransaction() {
    if (database_ != nullptr) database_->roll_back();
}

}  // namespace dutylog::sqlite
