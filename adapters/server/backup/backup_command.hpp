#pragma once

#include "adapters/cli/command.hpp"

namespace dutylog::server {

/// `dutylog backup`: a verified copy of a log that may be in use.
cli::Command backup_command();
/// `dutylog restore`: a log made of a backup.
cli::Command restore_command();

}  // namespace dutylog::server
