#pragma once

#include <span>

#include "adapters/cli/command.hpp"

namespace dutylog::cli {

/// Arguments that every command takes.
const std::vector<ArgumentHelp>& common_arguments();

/// The list of commands, by group.
void print_overview(Console& console, std::span<const Command> commands);
/// How one command is used, with examples.
void print_help(Console& console, const Command& command,
                const std::vector<ArgumentHelp>& arguments);

}  // namespace dutylog::cli
