#pragma once

#include "adapters/cli/command.hpp"

namespace dutylog::server {

/// `dutylog doctor`: what can be known before there is trouble.
cli::Command doctor_command();

}  // namespace dutylog::server
