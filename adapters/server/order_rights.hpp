#pragma once

#include <boost/json/object.hpp>
#include <expected>
#include <string>
#include <string_view>

#include "adapters/server/access.hpp"
#include "engine/log/event_store.hpp"
#include "engine/pdca/commands.hpp"

namespace dutylog::server {

/// The permission that a command of this name asks for; `operate` for those nobody is named for.
std::string permission_for(std::string_view command);

/// Whether nobody outside may give it: the clock, or the service itself does.
bool only_by_program(std::string_view command);

/// Sets `by`, whose act it is: the caller's own, or another's where the caller manages.
/// @returns `bad_value` or `forbidden`
std::expected<void, http::Problem> settle_actor(boost::json::object& command,
                                                const TokenCaller& caller);

/// Whether what a command is about lies where the caller may act: within their sites, in what they
/// manage by a role, or, for a duty, where a step is theirs.
/// @returns `forbidden`; `not_found` of a duty the caller may not know of
std::expected<void, http::Problem> check_reach(const pdca::Command& command,
                                               const pdca::World& world, log::EventStore& store,
                                               const TokenCaller& caller);

}  // namespace dutylog::server
