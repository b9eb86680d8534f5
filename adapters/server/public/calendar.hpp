#pragma once

#include "adapters/channels/calendar_feed.hpp"
#include "adapters/http/router.hpp"
#include "adapters/server/public/link_maker.hpp"
#include "adapters/server/public/link_routes.hpp"

namespace dutylog::server {

inline constexpr std::size_t feed_events_max = 2'000;  ///< of one feed; what is due first

/// What one person owes, as their calendar shows it: each open cycle and step that is theirs on its
/// due day. What they have done, and what was cancelled or is suspended, stays for 30 days
/// (`channels::cancelled_kept`), as such and with a higher number, so that no calendar goes on
/// showing it as due. Whoever holds the address has not signed in: of people there are only ids,
/// and nothing of what was found.
channels::Feed feed_of(const pdca::World& world, log::EventStore& store, const std::string& person,
                       Instant now);

/// `/calendar/{token}.ics` for calendar programs, and `GET /api/v1/calendar`, which tells a person
/// the address of their feed.
/// @param links  outlives the routes
http::RouteTable calendar_routes(const PublicParts& parts, const LinkMaker& links);

}  // namespace dutylog::server
