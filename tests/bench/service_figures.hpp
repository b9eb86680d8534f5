#pragma once

#include <string>
#include <vector>

namespace dutylog::bench {

/// Serves the log at `path` until nothing is overdue.
/// @returns seconds, 99th percentile of answers in ms, most memory in MB
std::vector<double> serve_overdue_child(const std::string& path);
/// Serves the log at `path`. @returns memory in MB when nothing happens
std::vector<double> serve_at_rest_child(const std::string& path);
/// Lets deadlines fall due one after the other in the log of `write_standing_timers` at `path`.
/// @returns 99th percentile of how late they were on the record, in ms
std::vector<double> deadline_lag_child(const std::string& path, bool quick);

}  // namespace dutylog::bench
