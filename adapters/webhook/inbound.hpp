#pragma once

#include <boost/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/webhook/inbound_mapping.hpp"
#include "engine/core/id.hpp"
#include "engine/core/rejection.hpp"
#include "engine/core/value.hpp"
#include "engine/notice/standard_webhooks.hpp"

namespace dutylog::webhook {

struct InboundLimits {
    static constexpr std::size_t body_bytes_max = std::size_t{1} << 20;
    static constexpr std::size_t levels_max = 32;
    static constexpr std::size_t facts_max = 2'000;       ///< of one message
    static constexpr std::size_t text_bytes_max = 4'096;  ///< of one value
};

/// A fact as another system states it. Its values are texts, whole numbers and truth values, to be
/// read as the types of the fact ask, like those of any import.
struct InboundFact {
    CommandId command;  ///< the same when the same message comes again
    std::string fact;
    Reference subject;
    std::string at;  ///< a date or an instant as text; empty: when it came
    boost::json::object value;
};

/// What one message says.
struct InboundMessage {
    std::string source;
    std::string id;
    std::vector<InboundFact> facts;  ///< empty where the mapping has no use for it
};

/// Takes the facts out of a body. A number with a fraction becomes the text of its digits, since
/// nothing that decides is floating point; one of more than 15 digits is refused.
/// @param webhook_id  the id of the message, where the mapping names no other
/// @returns a rejection `body` or `mapping_failed` that says where in the body
Result<InboundMessage> map_inbound(const InboundMapping& mapping, std::string_view body,
                                   std::string_view webhook_id);

/// The whole way in: the signature first, over the bytes as they came.
/// @returns beside the rejections of `map_inbound` the rejection `signature`
Result<InboundMessage> accept_inbound(const InboundMapping& mapping,
                                      std::span<const notice::WebhookVerifier> keys,
                                      const notice::WebhookHeaders& headers, std::string_view body,
                                      Instant now);

}  // namespace dutylog::webhook
