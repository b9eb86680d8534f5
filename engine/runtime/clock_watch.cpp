#include "engine/runtime/clock_watch.hpp"

#include <cstdlib>

namespace dutylog::runtime {

namespace {

Elapsed distance(Instant a, Instant b) { return {std::llabs(a.micros - b.micros)}; }

}  // namespace

ClockWatch::ClockWatch(Runtime& runtime, Instant last_recorded, ClockLimits limits)
    : runtime_{runtime},
      limits_{limits},
      base_wall_{runtime.wall()},
      base_monotonic_{runtime.monotonic()},
      last_recorded_{last_recorded} {
    // After a stop, time cannot have run back, nor further on than a stop may last.
    const bool back = last_recorded_.micros != 0 && base_wall_ < last_recorded_;
    const bool far =
        last_recorded_.micros != 0 && base_wall_ - last_recorded_ > limits_.stopped_max;
    if (back || far) base_wall_ = last_recorded_;
}

Instant ClockWatch::expected() const {
    return base_wall_ + Elapsed{runtime_.monotonic().micros - base_monotonic_.micros};
}

Instant ClockWatch::now() const { return expected(); }

std::optional<Jump> ClockWatch::check() {
    const Instant wall = runtime_.wall();
    const Instant expected_now = expected();
    if (distance(wall, expected_now) <= limits_.noise_max) {
        first_check_ = false;
        refused_ = false;
        return std::nullopt;
    }
    if (refused_) return std::nullopt;  // said once; it waits for a person
    const bool adopted = !first_check_ && distance(wall, expected_now) <= limits_.running_max;
    first_check_ = false;
    if (adopted) adopt();
    refused_ = !adopted;
    return Jump{expected_now, wall, adopted};
}

void ClockWatch::adopt() {
    base_wall_ = runtime_.wall();
    base_monotonic_ = runtime_.monotonic();
    refused_ = false;
}

}  // namespace dutylog::runtime
