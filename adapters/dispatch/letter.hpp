#pragma once

#include <functional>

#include "adapters/dispatch/facts.hpp"
#include "adapters/dispatch/setup.hpp"
#include "engine/notice/link.hpp"

namespace dutylog::dispatch {

/// The address of a link; empty where none can be made.
using Links = std::function<std::string(notice::LinkPurpose purpose, const std::string& notice,
                                        const std::string& person, Instant now)>;

/// What one message says, before it takes the form of its channel.
struct Letter {
    notice::Message message;
    channels::WebhookEvent event;  ///< the same for programs: ids, dates, states
    std::string unsubscribe_url;   ///< of digests
    std::int32_t offset_seconds = 0;
};

/// Writes what an attempt says: the same on every attempt, since it speaks as of the first.
/// @returns nothing where every notice of it is over
std::optional<Letter> write_letter(const Lookout& lookout, const Setup& setup, const Links& links,
                                   const notice::dispatch::Attempt& attempt);

}  // namespace dutylog::dispatch
