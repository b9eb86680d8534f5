#include "adapters/server/commands.hpp"

#include "adapters/server/config_command.hpp"
#include "adapters/server/serve_command.hpp"

namespace dutylog::server {

std::vector<cli::Command> commands() { return {serve_command(), config_command()}; }

}  // namespace dutylog::server
