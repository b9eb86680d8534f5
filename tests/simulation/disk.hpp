#pragma once

#include <memory>

#include "engine/log/event_store.hpp"
#include "tests/simulation/draw.hpp"

namespace dutylog::simulation {

/// What a log lies on, and the ways in which that can fail.
class Disk {
public:
    virtual ~Disk() = default;

    /// Opens the log, as a process does when it starts. The store lives until the next call here.
    /// @throws StoreError  where a fault strikes
    virtual log::EventStore& open() = 0;
    /// The process ends in order.
    virtual void close() = 0;
    /// Lets a fault strike somewhere in what comes next: in a write, a sync, or after the commit.
    virtual void arm(Draw& draw) = 0;
    /// The power fails when so many more writes and syncs were carried out, from 0.
    virtual void power_off_after(std::uint64_t operations) = 0;
    /// Nothing strikes any more, where nothing has.
    virtual void disarm() = 0;
    /// From the next start on commits are not synced, as they must be: a planted fault.
    virtual void skip_syncs() {}
    /// Where the log is.
    virtual std::string path() { return "log"; }
    /// Whether another process could open the log too, and has to be kept out.
    virtual bool is_shared() { return false; }
    /// The name of its file layer, for others who read the log; empty for none.
    virtual std::string file_layer() { return {}; }
    /// The power goes: what was not synced is lost, or torn, or happens to be there.
    virtual void crash(Draw& draw) = 0;
};

/// Memory that fails as if it were a disk: before an append or after it.
std::unique_ptr<Disk> memory_disk();

/// A SQLite file of the system itself, in a folder of its own.
std::unique_ptr<Disk> file_disk();

/// A SQLite file on a simulated disk that keeps, loses and tears what was not synced.
/// @param sync  whether the store syncs its commits, as it must
std::unique_ptr<Disk> sqlite_disk(Draw draw, bool sync);

}  // namespace dutylog::simulation
