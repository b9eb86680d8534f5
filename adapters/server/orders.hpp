#pragma once

#include <boost/json/object.hpp>
#include <expected>
#include <functional>

#include "adapters/server/answering.hpp"

namespace dutylog::server {

/// Makes the command that a call asks for, in the JSON form of `dutylog act`, without `id`.
using Shape = std::function<std::expected<boost::json::object, http::Problem>(const http::Call&)>;

/// A handler that gives one command: read on the reading thread, decided on the writer's, answered
/// after the commit. The field `Idempotency-Key` names the command: a repeat gets the first answer,
/// also years later, because the log keeps it under that name. `If-Match` holds it back where the
/// duty it is about has changed since the client read it.
/// @param permission  of the route
/// @param instead  asked for in place of the command's own permission; empty for that one
http::Handler giving(const Desk& desk, std::string permission, Shape shape,
                     std::string instead = {});

/// What the sender of a command is told: 200 `CommandAnswer`, or the problem that it was refused.
http::Response answer_of(const runtime::Answer& answer, Language language);

/// The body of a call as one object.
std::expected<boost::json::object, http::Problem> body_object(const http::Call& call);

/// `POST /api/v1/commands`: any command, in the form of `dutylog act` and its schema.
http::RouteTable order_routes(const Desk& desk);
/// The same commands at the things they are about: a step, a fact, a role.
http::RouteTable shaped_order_routes(const Desk& desk);

/// Making, listing and withdrawing tokens, for who may `operate`.
http::RouteTable token_routes(http::WorkQueue& queue, Tokens& tokens, runtime::Runtime& runtime);

/// JSON Schemas by name.
boost::json::object order_schemas();

}  // namespace dutylog::server
