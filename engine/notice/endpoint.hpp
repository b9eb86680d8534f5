#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/core/instant.hpp"
#include "engine/notice/breaker.hpp"
#include "engine/notice/outcome.hpp"

namespace dutylog::notice {

/// An endpoint without one success for so long is switched off and its owner told another way.
inline constexpr Elapsed endpoint_silence_max = hours(5 * 24);

/// The reason of an outcome that says the receiver is gone for good (HTTP 410).
inline constexpr std::string_view reason_gone = "gone";

/// What is known of one receiver from the attempts made on it. Where a person mends it, it starts
/// anew.
struct EndpointHealth {
    enum class Switch : std::uint8_t {
        on,
        off_gone,    ///< it answered 410
        off_silent,  ///< `endpoint_silence_max` passed without a success
        off_broken,  ///< its configuration needs a person
    };

    Switch position = Switch::on;
    std::optional<Instant> failing_since;  ///< nothing while the last attempt succeeded
    Breaker breaker;

    friend bool operator==(const EndpointHealth&, const EndpointHealth&) = default;
};

/// Whether a delivery may be tried on it now.
bool may_send(const EndpointHealth& health, Instant now);

/// What an attempt leaves of the endpoint that began at `start` and ended at `end`.
EndpointHealth after(EndpointHealth health, const Outcome& outcome, Instant start, Instant end,
                     const BreakerLimits& limits = {});

}  // namespace dutylog::notice
