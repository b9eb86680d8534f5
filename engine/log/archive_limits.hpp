#pragma once

#include <cstddef>

namespace dutylog::log {

/// What one archive may hold. The writer keeps the same limits, so what it wrote can be read.
struct ArchiveLimits {
    std::size_t bytes_max = std::size_t{16} << 20;  ///< of the whole archive
    std::size_t text_max = std::size_t{4} << 20;    ///< bytes of one string or byte string
    std::size_t count_max = 65'536;                 ///< elements of one list, map or set
    std::size_t elements_max = 1'000'000;           ///< elements of all of them together
    std::size_t depth_max = 64;                     ///< values within values
};

}  // namespace dutylog::log
