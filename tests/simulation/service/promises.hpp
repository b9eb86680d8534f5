#pragma once

#include "engine/log/event_store.hpp"
#include "tests/simulation/service/outside.hpp"

/// What must hold of telling people, whatever happened on the way. Each throws `Broken` where it
/// does not.
namespace dutylog::simulation {

/// Everything a receiver took was on the record before it was sent, and is still; each message had
/// one id and one content, however often it was tried.
void check_sent(log::EventStore& store, const Outside& outside);

/// What the log says was taken, somebody took: that message with that content. It says so once.
void check_reports(log::EventStore& store, const Outside& outside);

/// Messages of one duty came to an endpoint in the order in which they were planned.
void check_order(log::EventStore& store, const Outside& outside);

/// Nobody still waits to be told of what was planned in between.
void check_all_told(log::EventStore& store, Instant from, Instant to);

/// While everybody behaves no message fails: breakers close again, and nothing is left untried.
void check_nothing_fails(log::EventStore& store, Instant from, Instant to);

}  // namespace dutylog::simulation
