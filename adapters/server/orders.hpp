#pragma once

#include "adapters/http/router.hpp"
#include "adapters/server/reading.hpp"
#include "adapters/server/tokens.hpp"
#include "adapters/server/writer.hpp"

namespace dutylog::server {

/// `POST /api/v1/commands`: any command, in the form of `dutylog act` and its schema. The field
/// `Idempotency-Key` names it: a repeat gets the first answer, also years later, because the log
/// keeps it under that name. The answer comes after the commit.
http::RouteTable order_routes(http::WorkQueue& queue, Reading& reading, Writer& writer,
                              runtime::Runtime& runtime);

/// Making, listing and withdrawing tokens, for who may `operate`.
http::RouteTable token_routes(http::WorkQueue& queue, Tokens& tokens, runtime::Runtime& runtime);

/// The permission that a command of this name asks for.
std::string permission_for(std::string_view command);

/// JSON Schemas by name.
boost::json::object order_schemas();

}  // namespace dutylog::server
