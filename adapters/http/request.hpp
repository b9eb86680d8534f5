#pragma once

#include <memory>
#include <string>

#include "adapters/http/head.hpp"

namespace dutylog::http {

/// Who is at the other end of a connection.
struct Peer {
    std::string address;     ///< as text; empty on a Unix socket
    bool is_local = false;   ///< came over a Unix socket
    bool is_secure = false;  ///< came over TLS
};

/// A whole request, after the gate.
struct Request {
    Head head;
    std::string body;
    Peer peer;
    std::shared_ptr<void> ticket;  ///< what the service gave when it admitted the request
};

}  // namespace dutylog::http
