#pragma once

#include <cstdint>

namespace dutylog::calendar {

/// Division that rounds down, so that instants before 1970 fall into the right day.
constexpr std::int64_t floor_div(std::int64_t a, std::int64_t b) {
    return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

}  // namespace dutylog::calendar
