#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "adapters/http/route.hpp"

namespace dutylog::http {

struct ApiInfo {
    std::string title;
    std::string version;
    Language language = Language::en;  ///< of summaries and meanings
    /// JSON Schemas (2020-12) by the names that routes use.
    boost::json::object schemas = {};
};

/// Describes a table of routes (OpenAPI 3.1.0). Everything a route can answer is in it: its
/// success, the problems named with it, and those that its parameters, body and permission bring.
/// @throws std::invalid_argument  a route names a schema that is not given
boost::json::object openapi(const RouteTable& table, const ApiInfo& info);

/// The document as a route of its own, at `/openapi.json`, made once.
Route openapi_route(const boost::json::object& document);

}  // namespace dutylog::http
