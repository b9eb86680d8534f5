#pragma once

#include "adapters/http/router.hpp"
#include "adapters/keys/link_keys.hpp"
#include "adapters/server/public/rate_bound.hpp"
#include "adapters/server/reading.hpp"
#include "engine/runtime/command_sink.hpp"

namespace dutylog::server {

/// What the routes for people without login stand on; all of it outlives them.
struct PublicParts {
    http::WorkQueue& queue;
    Reading& reading;
    runtime::CommandSink& writer;
    runtime::Runtime& runtime;
    keys::LinkKeys& keys;
    RateBound& rate;
};

/// `/l/{token}`: a link of a message. GET only shows a page, since scanners of mail open links by
/// themselves; its button (POST) acts, once: the id of its command is made of purpose, notice and
/// person, and the log keeps the first answer. One-click unsubscribing (RFC 8058) is such a POST.
/// `POST /api/v1/link-keys` gives a new key, for who may `operate`.
http::RouteTable link_routes(const PublicParts& parts);

/// `lang`, and the language it chooses before what the browser asks for.
http::Parameter language_parameter();
Language page_language(const http::Call& call);

/// For programs: come again in so long.
http::Response too_many(Elapsed wait, Language language);

/// JSON Schemas of what the routes of this folder take and give, by name.
boost::json::object public_schemas();

}  // namespace dutylog::server
