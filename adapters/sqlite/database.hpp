#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/core/digest.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace dutylog::sqlite {

/// What a connection may do. Only the one that writes may checkpoint (see `library.hpp`).
enum class Access : std::uint8_t {
    write,  ///< creates the file where there is none
    read    ///< refuses every change; leaves the write-ahead log as it is, also when it closes
};

/// One connection, used by one thread at a time. Anything SQLite refuses is thrown as `StoreError`.
class Database {
public:
    /// @param vfs  name of the file layer; null for the system's own
    Database(const std::string& path, Access access, const char* vfs = nullptr);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Runs statements that return nothing worth reading.
    void run(const std::string& sql);
    /// The first column of the first row, as text.
    std::string answer(const std::string& sql);
    /// Rows changed by the last statement.
    std::int64_t changes() const;
    bool in_transaction() const;
    void begin();
    void commit();
    /// Never throws: what cannot be rolled back now is rolled back when the log is opened again.
    void roll_back() noexcept;
    sqlite3* raw() const noexcept { return connection_; }
    const std::string& path() const noexcept { return path_; }
    /// Lets go of pages that were read and are not needed now, as after one long row.
    void release_pages() noexcept;
    [[noreturn]] void fail(std::string_view doing) const;

private:
    friend class Statement;
    sqlite3_stmt* prepare(std::string_view sql);
    /// Runs a statement that gives no rows.
    void step_once(sqlite3_stmt* statement);
    void close();

    std::string path_;
    sqlite3* connection_ = nullptr;
    sqlite3_stmt* begin_ = nullptr;
    sqlite3_stmt* commit_ = nullptr;
};

/// A statement prepared once and run often.
class Statement {
public:
    Statement(Database& database, std::string_view sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    /// Runs it with these parameters; it gives no rows. Texts and bytes are not copied.
    template <class... Values>
    void run(const Values&... values) {
        int index = 0;
        (bind(++index, values), ...);
        step_to_end();
    }

private:
    friend class Rows;
    template <std::integral T>
    void bind(int index, T number) {
        bind_number(index, static_cast<std::int64_t>(number));
    }
    void bind(int index, std::string_view text) { bind_text(index, text); }
    void bind(int index, BytesView bytes) { bind_bytes(index, bytes); }
    void bind(int index, const Digest& digest) { bind_bytes(index, digest.bytes); }
    void bind_number(int index, std::int64_t number);
    void bind_text(int index, std::string_view text);
    void bind_bytes(int index, BytesView bytes);
    void step_to_end();

    Database& database_;
    sqlite3_stmt* statement_ = nullptr;
    bool busy_ = false;
};

/// The rows of a query. What `text` and `bytes` show lives until the next row; the parameters
/// outlive the rows. Where the statement is giving rows already, this query prepares its own.
class Rows {
public:
    template <class... Values>
    explicit Rows(Statement& statement, const Values&... values) {
        begin(statement);
        int index = 0;
        (current_->bind(++index, values), ...);
    }
    ~Rows();
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    bool next();
    std::int64_t integer(int column) const;
    std::uint64_t natural(int column) const { return static_cast<std::uint64_t>(integer(column)); }
    std::string_view text(int column) const;
    BytesView bytes(int column) const;
    /// Zero where the column does not hold 32 bytes.
    Digest digest(int column) const;

private:
    void begin(Statement& statement);

    Statement* current_ = nullptr;
    bool own_ = false;
};

/// What is not committed is rolled back.
class Transaction {
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& database_;
};

/// One view of the database for several queries, and no locking between them. Within another
/// transaction it does nothing.
class ReadTransaction {
public:
    explicit ReadTransaction(Database& database);
    ~ReadTransaction();
    ReadTransaction(const ReadTransaction&) = delete;
    ReadTransaction& operator=(const ReadTransaction&) = delete;

private:
    Database* database_ = nullptr;
};

}  // namespace dutylog::sqlite
