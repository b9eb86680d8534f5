#pragma once

#include <string>
#include <vector>

#include "adapters/cli/command.hpp"
#include "adapters/config/config.hpp"

namespace dutylog::server {

/// Where a command looks for the configuration: `--config FILE`, else `DUTYLOG_CONFIG`, and
/// `--set KEY=VALUE`.
struct ConfigOptions {
    std::string file;
    std::vector<std::string> set;
};

void declare_config(cli::Arguments& arguments, ConfigOptions& options);

/// @param flags  of the command itself; those that are empty say nothing
/// @throws Failure  `--set` is not KEY=VALUE
config::Sources config_sources(const ConfigOptions& options,
                               const std::vector<config::Flag>& flags = {});

/// Sections of the file that are read by other parts of the service. Each part adds its own here,
/// so that `config check` knows every key.
std::vector<config::Section> config_sections();

/// Tells every problem and ends the command with `ExitCode::configuration`.
/// @throws Failure
config::Config read_config(cli::Session& session, const config::Sources& sources);

}  // namespace dutylog::server
