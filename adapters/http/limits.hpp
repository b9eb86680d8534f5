#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/core/instant.hpp"

namespace dutylog::http {

/// What one request may take. Beyond it the answer is a refusal and the connection is closed.
struct RequestLimits {
    std::size_t target_bytes_max = 8 * 1024;    ///< beyond: 414
    std::size_t head_bytes_max = 16 * 1024;     ///< request line and fields; beyond: 431
    std::size_t fields_max = 64;                ///< beyond: 431
    std::uint64_t body_bytes_max = 256 * 1024;  ///< where a route says nothing; beyond: 413
    std::size_t chunks_max = 64 * 1024;         ///< of one body; beyond: 413
};

/// How long a connection may keep us waiting, and how many there may be. A time is looked at in
/// steps of `ServerOptions::tick`.
struct ConnectionLimits {
    Elapsed first_byte_time = seconds(10);  ///< from connecting to the first byte; includes TLS
    Elapsed head_time = seconds(10);        ///< from a request's first byte to the end of its head
    Elapsed body_time = seconds(30);        ///< from the head to the end of a body of any size …
    std::uint64_t body_rate_min = 4096;     ///< … and a second more for this many bytes of it
    Elapsed idle_time = seconds(60);        ///< between two requests
    Elapsed write_time = seconds(30);       ///< for each piece of an answer (64 KiB)
    Elapsed linger_time = seconds(1);       ///< after a refusal: what still comes is thrown away
    std::size_t requests_max = 10'000;      ///< of one connection; the last answer closes it
    std::size_t connections_max = 2'000;
    std::size_t per_address_max = 64;  ///< one IPv4 address, or one IPv6 /64; 0 for no bound
};

}  // namespace dutylog::http
