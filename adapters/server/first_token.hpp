#pragma once

#include <string>

#include "adapters/cli/command.hpp"

namespace dutylog::server {

/// Shows the administrator's token, this once: on standard output; or, where that goes to the
/// journal of systemd, which keeps what it reads, in a new file for its owner alone.
/// @param beside  the file of tokens; the new file is beside it, `.first` at its end
/// @throws Failure  that file cannot be written
void show_first_token(cli::Session& session, const std::string& token, const std::string& beside);

}  // namespace dutylog::server
