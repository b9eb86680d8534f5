#pragma once

#include <optional>

#include "engine/core/instant.hpp"
#include "engine/runtime/runtime.hpp"

namespace dutylog::runtime {

/// How far a clock may jump before a person has to say that it is right (design section 5).
struct ClockLimits {
    Elapsed running_max = hours(1);
    Elapsed stopped_max = hours(24 * 180);
    /// A drift smaller than this is no jump.
    Elapsed noise_max = seconds(2);
};

/// A difference between the wall clock and what the monotonic clock lets expect.
struct Jump {
    Instant expected;
    Instant found;
    bool adopted = false;  ///< within the limit: time goes on from `found`
};

/// Gives recorded time: the wall clock while it runs evenly. A jump beyond the limit is not
/// adopted; time then goes on by the monotonic clock until a person decides.
class ClockWatch {
public:
    /// @param last_recorded  of the log; zero for a new one
    ClockWatch(Runtime& runtime, Instant last_recorded, ClockLimits limits = {});

    /// Recorded time now.
    Instant now() const;
    /// Compares the clocks; to be called at least each second.
    std::optional<Jump> check();
    /// A person confirmed the wall clock: time goes on from it.
    void adopt();

private:
    Instant expected() const;

    Runtime& runtime_;
    ClockLimits limits_;
    Instant base_wall_;
    Elapsed base_monotonic_;
    bool first_check_ = true;
    Instant last_recorded_;
    bool refused_ = false;
};

}  // namespace dutylog::runtime
