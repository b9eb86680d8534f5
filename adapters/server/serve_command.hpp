#pragma once

#include "adapters/cli/command.hpp"

namespace dutylog::server {

/// `dutylog serve`: the service over one log, until it is told to end.
cli::Command serve_command();

}  // namespace dutylog::server
