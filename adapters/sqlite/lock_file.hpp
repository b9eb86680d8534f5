#pragma once

#include <cstdint>
#include <string>

#include "engine/log/event_store.hpp"

namespace dutylog::sqlite {

/// Another process writes to the log; reading it is not hindered.
class LogLocked : public log::StoreError {
public:
    using log::StoreError::StoreError;
};

/// Keeps a second writer out: an exclusive `flock` on a file beside the database, held as long as
/// this object lives and freed by the system when the process dies. The file stays and says who
/// held it last. The database itself cannot carry the lock: POSIX locks on it are lost as soon as
/// anything in the process closes it.
class LockFile {
public:
    /// @throws LogLocked  another process has the lock; the message says which one
    /// @throws StoreError  the file cannot be opened
    explicit LockFile(const std::string& path);
    ~LockFile();
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;

    /// Writes who holds the lock, for whoever is refused.
    void sign(std::uint64_t epoch);

private:
    std::string path_;
    int file_ = -1;
};

}  // namespace dutylog::sqlite
