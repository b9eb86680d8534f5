#pragma once

#include <atomic>
#include <cstdint>

namespace dutylog::http {

/// What a server has seen, for `/metrics`. Any thread may read it.
struct Counts {
    std::atomic<std::uint64_t> connections{0};  ///< accepted since the start
    std::atomic<std::uint64_t> open{0};         ///< now
    std::atomic<std::uint64_t> turned_away{0};  ///< beyond the number of connections
    std::atomic<std::uint64_t> requests{0};     ///< that passed the gate
    std::atomic<std::uint64_t> refusals{0};     ///< by the gate
    std::atomic<std::uint64_t> failures{0};     ///< the service threw in place of answering
    std::atomic<std::uint64_t> timeouts{0};     ///< connections that kept us waiting
};

}  // namespace dutylog::http
