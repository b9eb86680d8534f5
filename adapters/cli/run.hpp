#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "adapters/cli/command.hpp"
#include "adapters/cli/console.hpp"
#include "engine/runtime/runtime.hpp"

namespace dutylog::cli {

/// What the program is started with; a test gives its own.
struct Start {
    std::vector<std::string> arguments;  ///< without the program's name
    std::ostream& out;
    std::ostream& err;
    Terminal terminal;
    Language language = Language::en;  ///< of the environment, before `--lang`
    runtime::Runtime& clocks;
    std::vector<Command> more = {};  ///< commands of rooms that this one does not know
};

/// The language that LC_ALL, LC_MESSAGES or LANG asks for.
Language language_of_environment();

/// Reads the command line, runs one command, and says what went wrong.
/// @returns an `ExitCode`
int run(const Start& start);

}  // namespace dutylog::cli
