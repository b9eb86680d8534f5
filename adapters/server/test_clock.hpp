#pragma once

#include <atomic>
#include <functional>
#include <optional>

#include "adapters/http/router.hpp"
#include "engine/runtime/runtime.hpp"

namespace dutylog::server {

/// The clock of a service started with `--clock`, for tests: both clocks stand still until they are
/// moved, together, so that no jump is seen. Any thread may use it.
class TestClock final : public runtime::Runtime {
public:
    TestClock(Instant start, runtime::Runtime& outside)
        : start_{start}, now_{start.micros}, outside_{outside} {}

    Instant wall() override { return {now_}; }
    Elapsed monotonic() override { return wall() - start_; }
    std::uint64_t random(std::string_view stream) override { return outside_.random(stream); }

    /// Never backwards.
    void move_to(Instant to);

private:
    Instant start_;
    std::atomic<std::int64_t> now_;
    runtime::Runtime& outside_;
};

/// What lives by the clock: the writer's timers, and whoever sends.
struct ClockFollowers {
    std::function<void()> wake;
    /// Whether everything due by `now` is done.
    std::function<bool(Instant now)> settled;
    /// When something is due next.
    std::function<std::optional<Instant>()> next;
};

/// `POST /api/v1/test/clock`: moves the clock from one thing that is due to the next, each as if it
/// had been waited for, until the time asked for.
http::RouteTable test_clock_routes(http::WorkQueue& queue, TestClock& clock,
                                   ClockFollowers followers);

boost::json::object test_clock_schemas();

}  // namespace dutylog::server
