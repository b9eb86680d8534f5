#pragma once

#include "adapters/http/router.hpp"
#include "adapters/server/question.hpp"

namespace dutylog::server {

/// `GET /api/v1/inbox`: what the caller was told of cycles that are not over, the newest first. The
/// notices of the log are the inbox; nothing else is kept. `POST /api/v1/inbox` marks one of them
/// as read or acknowledged, which is a delivery of that notice; the same mark again changes
/// nothing.
http::RouteTable inbox_routes(const Desk& desk);

/// JSON Schemas by name.
boost::json::object inbox_schemas();

}  // namespace dutylog::server
