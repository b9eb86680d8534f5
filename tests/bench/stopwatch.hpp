#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace dutylog::bench {

class Stopwatch {
public:
    double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// Seconds that `work` takes.
template <class Work>
double seconds_of(Work work) {
    const Stopwatch watch;
    work();
    return watch.seconds();
}

/// The value below which `part` of the values lie: 0.5 is the median. @pre values is not empty
inline double quantile(std::vector<double> values, double part) {
    const auto at = std::min(values.size() - 1,
                             static_cast<std::size_t>(part * static_cast<double>(values.size())));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at),
                     values.end());
    return values[at];
}

}  // namespace dutylog::bench
