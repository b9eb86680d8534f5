#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <vector>

#include "tests/bench/calibration.hpp"
#include "tests/bench/figure.hpp"

namespace dutylog::bench {

/// Median, smallest and largest of the runs.
struct Spread {
    double median = 0;
    double least = 0;
    double most = 0;
};

/// A figure after all its runs.
struct Result {
    const Figure* figure = nullptr;
    std::size_t runs = 0;
    Spread ours;
    std::optional<Spread> yardstick;
    std::optional<Spread> beside;
    std::optional<Spread> ratio;  ///< of the runs one by one, since each run has both
    bool met = true;              ///< every aim
};

Result result_of(const Figure& figure, const std::vector<Sample>& samples);

/// `0.67 ≥ 0.6` and the like, joined by commas.
std::string aims_text(const Figure& figure);
/// One line: figure, ours, yardstick, ratio, aim, met or not.
std::string line_of(const Result& result);
std::string calibration_line(const Calibration& calibration);
/// The table of docs/benchmarks.md.
std::string markdown_of(const std::vector<Result>& results);
boost::json::object json_of(const Calibration& calibration, const std::vector<Result>& results);

}  // namespace dutylog::bench
