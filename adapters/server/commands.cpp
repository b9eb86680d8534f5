#include "adapters/server/commands.hpp"

#include "adapters/server/backup/backup_command.hpp"
#include "adapters/server/config_command.hpp"
#include "adapters/server/doctor/doctor_command.hpp"
#include "adapters/server/serve_command.hpp"

namespace dutylog::server {

std::vector<cli::Command> commands() {
    return {serve_command(), config_command(), doctor_command(), backup_command(),
            restore_command()};
}

}  // namespace dutylog::server
