#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/calendar/zone.hpp"
#include "engine/notice/dispatch/orders.hpp"
#include "engine/pdca/world.hpp"
#include "engine/runtime/command_sink.hpp"

/// What the courier says to the log, and what the log says to it.
namespace dutylog::dispatch {

/// `gone`, `silent`, `broken`; `on`.
std::string_view word_of(notice::EndpointHealth::Switch position);

/// A delivery as a command of the sender.
runtime::Submission submission_of(const notice::dispatch::Report& report,
                                  const calendar::Zone& zone);
/// That a channel is off, said once of each time.
runtime::Submission submission_of(const notice::dispatch::SwitchedOff& off,
                                  const calendar::Zone& zone);

/// The channels that are off by the log, by name.
std::map<std::string, notice::dispatch::SwitchedOff> channels_off(const pdca::World& world);

}  // namespace dutylog::dispatch
