#pragma once

#include <cstdint>
#include <string>

#include "tests/bench/employer.hpp"

namespace dutylog::bench {

/// A log with at least so many open timers that are due ten days after `monday`, by a library in
/// which one promise opens ten duties. The assets a1 … a`more` have none yet.
void write_standing_timers(const std::string& path, std::uint64_t timers, std::uint64_t more);

/// The command after which something about this asset is due at `due`, to the microsecond.
runtime::Submission due_at(Employer& employer, std::uint64_t asset, Instant due);

}  // namespace dutylog::bench
