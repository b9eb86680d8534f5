#pragma once

#include "adapters/cli/command.hpp"

namespace dutylog::server {

/// `dutylog config show` and `dutylog config check`.
cli::Command config_command();

}  // namespace dutylog::server
