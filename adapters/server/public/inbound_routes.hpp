#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "adapters/server/public/link_routes.hpp"
#include "adapters/webhook/inbound.hpp"

namespace dutylog::server {

/// Another system that may send facts, as the operator names it.
struct InboundOption {
    std::string name;         ///< of the path: `POST /inbound/NAME`
    std::string mapping;      ///< file, see `webhook::read_inbound_mapping`
    std::string secret_file;  ///< `whsec_…` or `whpk_…`, one a line; any of them is believed
};

/// Its files, read.
struct InboundSource {
    webhook::InboundMapping mapping;
    std::vector<notice::WebhookVerifier> keys;
};
using InboundSources = std::map<std::string, InboundSource, std::less<>>;

/// A file of a source cannot be used; the message names it.
class InboundError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// @throws InboundError
InboundSources read_inbound_sources(const std::vector<InboundOption>& options);

/// `POST /inbound/{name}`: facts of another system, signed as Standard Webhooks asks. The whole
/// message is read before anything is recorded; each fact is a command whose id is made of source,
/// message and place, so that a message that comes again records nothing twice.
/// @param sources, rate  outlive the routes
http::RouteTable inbound_routes(const PublicParts& parts, const InboundSources& sources,
                                RateBound& rate);

/// How often one address may send messages: other systems send many at once.
inline constexpr RateBound::Limits inbound_rate{
    .per_minute = 600, .at_once = 200, .addresses_max = 10'000};

/// JSON Schemas by name.
boost::json::object inbound_schemas();

}  // namespace dutylog::server
