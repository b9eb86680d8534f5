#pragma once

#include <string>

namespace dutylog::sqlite {

/// The SQLite this process runs on, as `dutylog doctor` shows it.
struct Library {
    std::string version;
    /// SQLite 3.7.0 to 3.51.2 may lose the write-ahead log when two connections checkpoint and
    /// write at once. Dutylog keeps to one rule on every version, and that rule leaves the fault
    /// no room: one connection writes, and only that connection checkpoints. Readers have
    /// `wal_autocheckpoint=0`, do not checkpoint when they close, and are opened read-only; a
    /// second writer is kept out by the lock file.
    bool has_wal_reset_fault = false;
};

/// Looks at the library that was loaded, once per process.
/// @throws StoreError  it is older than 3.37 (no STRICT tables), or built without threads
const Library& check_library();

}  // namespace dutylog::sqlite
