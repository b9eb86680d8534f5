#pragma once

#include <cstdint>
#include <string>

namespace dutylog::bench {

/// What `wrk` says of a server.
struct Load {
    double per_second = 0;
    double p99_ms = 0;
};

/// `wrk -t1 -cN -dNs` against a path of a server on this machine.
/// @param field  of each request, as `Name: value`; empty for none
/// @throws std::runtime_error  wrk is not there, or an answer was no success
Load wrk(std::uint16_t port, const std::string& path, const std::string& field,
         unsigned connections, unsigned seconds);

}  // namespace dutylog::bench
