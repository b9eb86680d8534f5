#pragma once

#include <functional>

#include "tests/simulation/disk.hpp"
#include "tests/simulation/service/process.hpp"

namespace dutylog::simulation {

/// The computer of the service: its disk, and the process that runs on it until the power goes, it
/// is stopped, or its disk fails.
class Machine {
public:
    /// @param gone  called where the process has ended, so that nobody waits for it
    Machine(Outside& outside, std::unique_ptr<Disk> disk, std::function<void()> gone);
    /// Its wires go with the process they stand in. @pre its clients have gone
    ~Machine();
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    void begin();
    /// The power goes, and comes back after a while; a start may be struck too.
    void crash(Draw& draw);
    /// Another process tries to write to the same log, where it could.
    void try_second();
    /// It is stopped in order.
    void restart(Elapsed stands_still);
    /// Ends in order or not, and starts again at once.
    void end_and_begin(Draw& draw);

    Process& process() { return *process_; }
    log::EventStore& store() { return *store_; }
    Disk& disk() { return *disk_; }
    std::size_t crashes() const { return crashes_; }

private:
    void end();

    Outside& outside_;
    std::unique_ptr<Disk> disk_;
    std::function<void()> gone_;
    log::EventStore* store_ = nullptr;
    std::unique_ptr<Process> process_;
    std::size_t crashes_ = 0;
};

}  // namespace dutylog::simulation
