#include "engine/notice/delivery.hpp"

#include <algorithm>
#include <optional>

namespace dutylog::notice {

namespace {

/// Moves a wait to one of its places within the spread; the ends are among them.
Elapsed spread(Elapsed wait, std::int64_t percent, std::uint64_t random) {
    const std::int64_t reach = wait.micros / 100 * percent;
    const auto places = static_cast<std::uint64_t>(2 * reach + 1);
    return {wait.micros - reach + static_cast<std::int64_t>(random % places)};
}

/// What the receiver asked for is never cut short: it is only stretched.
Elapsed stretch(Elapsed asked, std::int64_t percent, std::uint64_t random) {
    const std::int64_t reach = asked.micros / 100 * percent;
    return {asked.micros +
            static_cast<std::int64_t>(random % static_cast<std::uint64_t>(reach + 1))};
}

Elapsed next_wait(const Delivery& delivery, const Outcome& outcome, Elapsed scheduled,
                  std::int64_t percent, std::uint64_t random) {
    std::optional<Elapsed> asked = outcome.wait;
    if (delivery.same_reason > 1 && outcome.wait_repeated) asked = outcome.wait_repeated;
    const Elapsed own = spread(scheduled, percent, random);
    return asked ? std::max(own, stretch(*asked, percent, random)) : own;
}

Delivery waits(Delivery delivery, const Outcome& outcome, const RetrySchedule& schedule,
               Instant now, std::uint64_t random) {
    const bool too_often = outcome.tries_max > 0 && delivery.same_reason > outcome.tries_max;
    if (too_often || delivery.attempts > schedule.waits.size()) {
        delivery.phase = Delivery::Phase::abandoned;
        return delivery;
    }
    const Elapsed scheduled = schedule.waits[delivery.attempts - 1U];
    delivery.next = now + next_wait(delivery, outcome, scheduled, schedule.spread_percent, random);
    return delivery;
}

Delivery repaired(Delivery delivery, Repair repair, Instant now) {
    // What was done once and did not help would not help the second time. Only a token may expire
    // again, hours later.
    const bool in_vain = repair != Repair::renew_token || delivery.same_reason > 1;
    if (delivery.has(repair) && in_vain) {
        delivery.phase = repair == Repair::renew_token ? Delivery::Phase::channel_broken
                                                       : Delivery::Phase::rejected;
        return delivery;
    }
    if (!delivery.has(repair)) delivery.repairs.push_back(repair);
    delivery.next = now;
    return delivery;
}

}  // namespace

const RetrySchedule& webhook_schedule() {
    static const RetrySchedule schedule{{seconds(5), minutes(5), minutes(30), hours(2), hours(5),
                                         hours(10), hours(14), hours(20), hours(24)}};
    return schedule;
}

const RetrySchedule& mail_schedule() {
    static const RetrySchedule schedule = [] {
        RetrySchedule mail{{minutes(1), minutes(5), minutes(15), minutes(60)}};
        mail.waits.resize(mail.waits.size() + 23, hours(1));
        return mail;
    }();
    return schedule;
}

const RetrySchedule& chat_schedule() {
    static const RetrySchedule schedule{{seconds(30), seconds(30), seconds(30), minutes(10),
                                         minutes(30), hours(1), hours(2), hours(4), hours(8),
                                         hours(8)}};
    return schedule;
}

bool Delivery::has(Repair repair) const {
    return std::find(repairs.begin(), repairs.end(), repair) != repairs.end();
}

Delivery planned(Instant due) {
    Delivery delivery;
    delivery.next = due;
    return delivery;
}

Delivery after(Delivery delivery, const Outcome& outcome, const RetrySchedule& schedule,
               Instant now, std::uint64_t random) {
    ++delivery.attempts;
    delivery.missed = outcome.missed;
    if (outcome.verdict == Verdict::sent) {
        delivery.phase = Delivery::Phase::sent;
        delivery.receipt = outcome.receipt;
        return delivery;
    }
    const bool again = delivery.reason == outcome.reason;
    delivery.same_reason = again ? static_cast<std::uint16_t>(delivery.same_reason + 1) : 1;
    delivery.reason = outcome.reason;
    switch (outcome.verdict) {
        case Verdict::rejected:
            delivery.phase = Delivery::Phase::rejected;
            return delivery;
        case Verdict::channel_broken:
            delivery.phase = Delivery::Phase::channel_broken;
            return delivery;
        case Verdict::sent:
        case Verdict::retry:
            break;
    }
    if (outcome.repair != Repair::none) return repaired(std::move(delivery), outcome.repair, now);
    return waits(std::move(delivery), outcome, schedule, now, random);
}

}  // namespace dutylog::notice
