#pragma once

#include "adapters/http/cursor.hpp"
#include "adapters/http/router.hpp"
#include "adapters/server/reading.hpp"

namespace dutylog::server {

/// What can be asked about duties and about what was known when: lists and states on three clocks,
/// why a date is what it is, who was told, what was missed first, the timeline.
/// @param queue  one thread, whose own `reading` is
http::RouteTable read_routes(http::WorkQueue& queue, Reading& reading,
                             const http::Cursors& cursors);

/// JSON Schemas of the answers, by name.
boost::json::object read_schemas();

}  // namespace dutylog::server
