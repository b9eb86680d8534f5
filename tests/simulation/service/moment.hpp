#pragma once

#include "engine/log/event_store.hpp"
#include "tests/simulation/service/http_caller.hpp"

namespace dutylog::simulation {

/// One moment of the service as its clients meet it: what they are answered in it was read after
/// `before` was committed, and before anything that follows `after`.
struct Moment {
    Instant now;
    log::Position before = 0;
    log::Position after = 0;
    std::size_t process = 0;  ///< which start of the service is running
    Connect connect;
};

}  // namespace dutylog::simulation
