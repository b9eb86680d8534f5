#include "engine/notice/endpoint.hpp"

namespace dutylog::notice {

namespace {

EndpointHealth::Switch switch_after(const Outcome& outcome, Instant since, Instant end) {
    if (outcome.reason == reason_gone) return EndpointHealth::Switch::off_gone;
    if (outcome.verdict == Verdict::channel_broken) return EndpointHealth::Switch::off_broken;
    if (end - since >= endpoint_silence_max) return EndpointHealth::Switch::off_silent;
    return EndpointHealth::Switch::on;
}

}  // namespace

bool may_send(const EndpointHealth& health, Instant now) {
    return health.position == EndpointHealth::Switch::on && may_send(health.breaker, now);
}

EndpointHealth after(EndpointHealth health, const Outcome& outcome, Instant start, Instant end,
                     const BreakerLimits& limits) {
    if (outcome.verdict == Verdict::sent) return {};
    health.breaker =
        outcome.unwell ? after_failure(health.breaker, end, limits) : after_answer(health.breaker);
    // A message that was refused was at least read: the endpoint lives.
    if (outcome.verdict == Verdict::rejected && outcome.reason != reason_gone) return health;
    if (!health.failing_since) health.failing_since = start;
    health.position = switch_after(outcome, *health.failing_since, end);
    return health;
}

}  // namespace dutylog::notice
