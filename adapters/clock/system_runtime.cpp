#include "adapters/clock/system_runtime.hpp"

#include <sys/random.h>

#include <cerrno>
#include <chrono>
#include <system_error>

namespace dutylog::clock {

using std::chrono::duration_cast;
using std::chrono::microseconds;

Instant SystemRuntime::wall() {
    const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
    return {duration_cast<microseconds>(since_epoch).count()};
}

Elapsed SystemRuntime::monotonic() {
    const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
    return {duration_cast<microseconds>(since_start).count()};
}

std::uint64_t SystemRuntime::random(std::string_view) {
    std::uint64_t number = 0;
    if (getrandom(&number, sizeof number, 0) != static_cast<ssize_t>(sizeof number))
        throw std::system_error{errno, std::generic_category(), "no random bytes"};
    return number;
}

}  // namespace dutylog::clock
