#pragma once

#include <array>
#include <atomic>

#include "adapters/http/metrics.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::server {

/// How many deadlines are overdue, by how long: what `/metrics` shows as
/// `dutylog_overdue_deadlines{le="7"}`, the days as in a histogram. Counted now and then on the
/// reading thread, read from any.
class Overdue {
public:
    /// Upper bounds in days; the last bucket has none.
    static constexpr std::array<int, 6> days{1, 3, 7, 14, 30, 90};

    void count(const pdca::World& world, Instant now);
    void show(http::Metrics& metrics) const;

private:
    std::array<std::atomic<std::uint64_t>, days.size() + 1> counts_{};
};

}  // namespace dutylog::server
