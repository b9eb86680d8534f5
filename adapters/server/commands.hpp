#pragma once

#include <vector>

#include "adapters/cli/command.hpp"

namespace dutylog::server {

/// The commands about the service.
std::vector<cli::Command> commands();

}  // namespace dutylog::server
