#pragma once

#include <functional>
#include <memory>

#include "adapters/server/answering.hpp"
#include "engine/log/event_store.hpp"

namespace dutylog::server {

/// Whether an event is one of those that a call asks for.
using EventWanted = std::function<bool(const http::Call&, const log::StoredEvent&)>;

/// Answers with one page of events that the caller may know of, in the order they were recorded:
/// `{cut, events, next}`. The log is gone through in slices, between which other questions have
/// their turn; what is recorded meanwhile does not count.
void answer_event_page(const Desk& desk, const http::Call& call,
                       const std::shared_ptr<http::Reply>& reply, const EventWanted& wanted);

}  // namespace dutylog::server
