#include "adapters/cli/commands/commands.hpp"

namespace dutylog::cli {

std::vector<Command> all_commands() { return {run_command(), version_command()}; }

}  // namespace dutylog::cli
