#pragma once

#include <boost/json/object.hpp>

#include "adapters/server/question.hpp"

/// Questions over HTTP, by what they are about. What they answer with is described in schemas.cpp.
namespace dutylog::server {

/// Duties, their cycles, dates and notices.
http::RouteTable duty_routes(const Desk& desk);
/// What is on the record: the timeline, breaches.
http::RouteTable record_routes(const Desk& desk);

/// JSON Schemas of the answers, by name.
boost::json::object read_schemas();

}  // namespace dutylog::server
