#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dutylog::bench {

class Workshop;

/// Some figures need a process of their own: under a preloaded library, or to see the memory that
/// one act takes. The bench then runs itself with `--child NAME ARGUMENT` and reads its numbers.
/// @param environment  `NAME=value` words put before the command
/// @throws std::runtime_error  it failed or printed no number
std::vector<double> run_child(const std::string& name, bool quick,
                              const std::string& environment = {},
                              const std::string& argument = {});
/// What the child does: prints its numbers, one a line. @returns the exit code
int be_child(const std::string& name, bool quick, const std::string& argument);

/// Preloads the shim of tests/faults, which adds 1 ms to every sync.
std::string slow_sync_environment();

std::vector<double> slow_syncs_child(Workshop& shop);
/// @returns seconds, megabytes and events of opening the log at `path`
std::vector<double> open_child(const std::string& path);

}  // namespace dutylog::bench
