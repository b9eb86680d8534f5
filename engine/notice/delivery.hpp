#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/core/instant.hpp"
#include "engine/notice/outcome.hpp"

/// The life of one delivery: whether and when there is a next attempt. The sender tries once and
/// says what came of it; random bits and the time come in from outside.
namespace dutylog::notice {

/// How long to wait after the first attempt, the second, …; after the last wait there is one more
/// attempt and then no other.
struct RetrySchedule {
    std::vector<Elapsed> waits;
    std::int64_t spread_percent = 20;  ///< each wait lies within this of what is written
};

/// Standard Webhooks: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h, each ± 20 %.
const RetrySchedule& webhook_schedule();
/// SMTP: 1, 5, 15, 60 min, then hourly until a day is over.
const RetrySchedule& mail_schedule();
/// Chat robots and SMS: three times half a minute, then ever longer, until a day is over.
const RetrySchedule& chat_schedule();

struct Delivery {
    enum class Phase : std::uint8_t {
        waiting,
        sent,
        rejected,        ///< this message cannot be taken
        channel_broken,  ///< the channel needs a person; the next channel takes over
        abandoned,       ///< tried to the end of the schedule; kept for redelivery by hand
    };

    Phase phase = Phase::waiting;
    std::uint16_t attempts = 0;
    Instant next;                     ///< no attempt before it, while waiting
    std::string reason;               ///< of the last attempt that was not taken
    std::uint16_t same_reason = 0;    ///< attempts in a row that ended for it
    std::vector<Repair> repairs;      ///< what the next attempt does otherwise than the first
    std::vector<std::string> missed;  ///< people who did not get it although others did
    std::string receipt;

    bool over() const { return phase != Phase::waiting; }
    bool has(Repair repair) const;
    friend bool operator==(const Delivery&, const Delivery&) = default;
};

/// A delivery that is still to be made, or that somebody asked for again: the message keeps its id,
/// the count starts anew.
Delivery planned(Instant due);

/// What an attempt that ended at `now` leaves.
/// @param random  64 random bits: where in its spread the wait lies
Delivery after(Delivery delivery, const Outcome& outcome, const RetrySchedule& schedule,
               Instant now, std::uint64_t random);

}  // namespace dutylog::notice
