#pragma once

#include <boost/json.hpp>

#include "engine/core/instant.hpp"
#include "engine/notice/message.hpp"

namespace dutylog::channels {

/// A message as the inbox of the program keeps and shows it. It is delivered when it is stored, and
/// read when the person opens it; both languages stay in it, since a reader may change theirs.
boost::json::object inbox_entry(const notice::Message& message, Instant at);

}  // namespace dutylog::channels
