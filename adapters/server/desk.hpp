#pragma once

#include "adapters/http/cursor.hpp"
#include "adapters/http/work_queue.hpp"
#include "adapters/server/audit.hpp"
#include "adapters/server/proposals.hpp"
#include "adapters/server/reading.hpp"
#include "adapters/server/role_rights.hpp"
#include "engine/runtime/command_sink.hpp"

namespace dutylog::server {

class Aside;

/// What requests are answered with. All of it outlives the routes.
struct Desk {
    http::WorkQueue& queue;  ///< of its one reading thread
    Reading& reading;        ///< used on that thread only
    runtime::CommandSink& writer;
    const http::Cursors& cursors;
    runtime::Runtime& runtime;
    Audit& audit;
    Proposals& proposals;
    const Aside* aside = nullptr;  ///< whose desk this is; null for that of the present
};

}  // namespace dutylog::server
