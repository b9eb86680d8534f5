#pragma once

#include <memory>
#include <string>

#include "tests/support/crash_disk.hpp"

namespace dutylog::test {

/// SQLite's file layer over a `CrashDisk`: no file of the system is touched, the clock stands still
/// and random bytes come from a seed. Connections of several threads may use it at once.
///
///     CrashVfs vfs;
///     sqlite::SqliteStore store{"log", {.vfs = vfs.name()}};
///     … vfs.disk().power_off_after(100); … vfs.crash(seed); … open the store again
class CrashVfs {
public:
    CrashVfs();
    ~CrashVfs();
    CrashVfs(const CrashVfs&) = delete;
    CrashVfs& operator=(const CrashVfs&) = delete;

    /// The name under which SQLite knows it.
    const std::string& name() const;
    /// Not to be used while another thread uses a connection.
    CrashDisk& disk();
    /// `CrashDisk::crash`. Connections that are open fail from now on and can only be closed.
    void crash(std::uint64_t seed);

    struct Layer;

private:
    std::unique_ptr<Layer> layer_;
};

}  // namespace dutylog::test
