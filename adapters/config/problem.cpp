#include "adapters/config/problem.hpp"

#include <fmt/format.h>

namespace dutylog::config {

std::string to_string(const Place& place) {
    if (place.line == 0) return place.name;
    return fmt::format("{}:{}:{}", place.name, place.line, place.column);
}

BadConfiguration::BadConfiguration(std::vector<Problem> problems)
    : std::runtime_error{problems.empty()
                             ? "bad configuration"
                             : to_string(problems.front().place) + ": " + problems.front().what.en},
      problems_{std::move(problems)} {}

Text words(std::string en, std::string zh_cn) { return {std::move(zh_cn), std::move(en)}; }

}  // namespace dutylog::config
