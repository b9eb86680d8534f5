#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/cli/arguments.hpp"
#include "adapters/cli/console.hpp"
#include "engine/runtime/runtime.hpp"

namespace dutylog::cli {

/// What every command is given.
struct Session {
    Console& console;
    runtime::Runtime& clocks;  ///< this machine's, or standing still where `--clock` says so
    bool json = false;         ///< answers are JSON: one document, or lines where the command says

    Instant now() const { return clocks.wall(); }
    void progress(const Phrase& work, std::size_t done, std::size_t total = 0) const {
        console.progress(work, done, total, clocks.monotonic());
    }
};

/// In the order of the help.
enum class Group : unsigned char { stories, definitions, logs, service, questions, trust, about };

struct Example {
    std::string line;  ///< without `dutylog`
    Phrase words;      ///< what it does
};

using Action = std::function<ExitCode(Session&)>;

/// One command of the program: one file in `commands/` (docs/how-to/add-a-command.md).
struct Command {
    std::string name;
    Group group = Group::about;
    Phrase summary;      ///< half a line, for the list of commands
    Phrase description;  ///< a few sentences
    std::vector<Example> examples;
    /// Declares the arguments; the action is run after they are filled.
    std::function<Action(Arguments&)> declare;
};

/// Every command, in the order of the help.
std::vector<Command> all_commands();

}  // namespace dutylog::cli
