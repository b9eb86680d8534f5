#pragma once

#include <cstdint>

#include "engine/core/instant.hpp"

namespace dutylog::notice {

/// Spares a receiver that does not answer, and us the waiting: after some failures in a row it
/// opens, and nothing is sent until a pause is over. Then one attempt, the probe, goes first; its
/// end decides for all.
struct Breaker {
    enum class Phase : std::uint8_t { closed, open, probing };

    Phase phase = Phase::closed;
    std::uint16_t failures = 0;  ///< in a row, while closed
    std::uint16_t openings = 0;  ///< in a row; each doubles the pause
    Instant until;               ///< open: when the probe may go; probing: when it counts as lost

    friend bool operator==(const Breaker&, const Breaker&) = default;
};

struct BreakerLimits {
    std::uint16_t failures_max = 5;  ///< so many in a row open it
    Elapsed pause = seconds(30);     ///< after the first opening
    Elapsed pause_max = minutes(15);
    Elapsed probe_time_max = minutes(1);  ///< then another probe may go
};

/// Whether an attempt may start now.
bool may_send(const Breaker& breaker, Instant now);
/// An attempt starts; it is the probe where the breaker was open. @pre `may_send`
Breaker after_start(Breaker breaker, Instant now, const BreakerLimits& limits = {});
/// The receiver has answered, whatever it said of the message.
Breaker after_answer(Breaker breaker);
/// No answer, or one that says that the receiver itself is unwell (429, 502, 503, 504).
Breaker after_failure(Breaker breaker, Instant now, const BreakerLimits& limits = {});

}  // namespace dutylog::notice
