#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "engine/core/text.hpp"

namespace dutylog::config {

/// Where something was written: in a file, in a variable of the environment, or on the command
/// line.
struct Place {
    std::string name;        ///< `plant.toml`, `DUTYLOG_SERVER_PORT`, `--port`
    std::size_t line = 0;    ///< from 1; 0 where there are no lines
    std::size_t column = 0;  ///< from 1, in characters
};

/// `plant.toml:3:8`, `DUTYLOG_SERVER_PORT`
std::string to_string(const Place& place);

/// One thing that is wrong with a configuration. Its words never hold what a file of secrets holds.
struct Problem {
    Place place;
    Text what;  ///< what was expected and what was found
    Text help;  ///< what to do
};

/// All that is wrong with a configuration, in the order of its places.
class BadConfiguration : public std::runtime_error {
public:
    explicit BadConfiguration(std::vector<Problem> problems);
    const std::vector<Problem>& problems() const { return problems_; }

private:
    std::vector<Problem> problems_;
};

/// A text with the same arguments in both languages.
Text words(std::string en, std::string zh_cn);

}  // namespace dutylog::config
