#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace dutylog::bench {

class Workshop;

/// What one run of a figure gave. Engine and yardstick take turns within the run, so that whatever
/// else the machine does meets both.
struct Sample {
    double ours = 0;
    std::optional<double> yardstick{};
    std::optional<double> beside{};  ///< something to compare with that no aim speaks of
};

/// What a figure should come to. Ratios are ours divided by the yardstick.
struct Aim {
    enum class Kind : std::uint8_t { ratio_at_least, ratio_at_most, at_least, at_most };
    Kind kind = Kind::ratio_at_least;
    double bound = 0;
};

/// One line of the table.
struct Figure {
    std::string name;
    std::string unit;       ///< `events/s`; what is measured per second or in seconds
    std::string work;       ///< what is done, in a few words
    std::string yardstick;  ///< what it is compared with; empty for none
    std::string beside;     ///< what the third number is; empty for none
    std::vector<Aim> aims;
    std::function<Sample(Workshop&)> run;
};

/// All figures, in the order of the table.
std::vector<Figure> all_figures();

std::vector<Figure> append_figures();
std::vector<Figure> workflow_figures();
std::vector<Figure> replay_figures();
std::vector<Figure> timer_figures();
std::vector<Figure> question_figures();
std::vector<Figure> definition_figures();
std::vector<Figure> year_figures();
std::vector<Figure> deliver_figures();
std::vector<Figure> http_figures();
std::vector<Figure> lag_figures();
std::vector<Figure> service_figures();

}  // namespace dutylog::bench
