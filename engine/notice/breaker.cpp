#include "engine/notice/breaker.hpp"

#include <algorithm>

namespace dutylog::notice {

namespace {

Elapsed pause_after(std::uint16_t openings, const BreakerLimits& limits) {
    Elapsed pause = limits.pause;
    for (std::uint16_t i = 1; i < openings && pause < limits.pause_max; ++i) pause.micros *= 2;
    return std::min(pause, limits.pause_max);
}

Breaker opened(Breaker breaker, Instant now, const BreakerLimits& limits) {
    constexpr std::uint16_t openings_counted_max = 64;
    breaker.phase = Breaker::Phase::open;
    breaker.failures = 0;
    if (breaker.openings < openings_counted_max) ++breaker.openings;
    breaker.until = now + pause_after(breaker.openings, limits);
    return breaker;
}

}  // namespace

bool may_send(const Breaker& breaker, Instant now) {
    return breaker.phase == Breaker::Phase::closed || now >= breaker.until;
}

Breaker after_start(Breaker breaker, Instant now, const BreakerLimits& limits) {
    if (breaker.phase == Breaker::Phase::closed) return breaker;
    breaker.phase = Breaker::Phase::probing;
    breaker.until = now + limits.probe_time_max;
    return breaker;
}

Breaker after_answer(Breaker) { return {}; }

Breaker after_failure(Breaker breaker, Instant now, const BreakerLimits& limits) {
    switch (breaker.phase) {
        case Breaker::Phase::closed:
            if (++breaker.failures < limits.failures_max) return breaker;
            return opened(breaker, now, limits);
        case Breaker::Phase::probing:
            return opened(breaker, now, limits);
        // An attempt that began before it opened has ended: it says nothing new.
        case Breaker::Phase::open:
            return breaker;
    }
    return breaker;
}

}  // namespace dutylog::notice
