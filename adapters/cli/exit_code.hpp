#pragma once

#include <span>

#include "adapters/cli/phrase.hpp"

namespace dutylog::cli {

/// How the program ends; scripts rely on these numbers (docs/cli.md).
enum class ExitCode : int {
    fine = 0,
    problems = 1,       ///< problems found, answers that differ, a verification that failed
    usage = 2,          ///< the command line or an input cannot be understood
    refused = 3,        ///< a rule of the machine said no
    storage = 4,        ///< a file cannot be read or written, or what it holds is damaged
    locked = 5,         ///< another process has the log open for writing
    configuration = 6,  ///< the configuration has problems
    keys = 7,           ///< a file of keys or a certificate is missing or cannot be used
    address = 8,        ///< the address to listen on cannot be had
    disk_full = 9,      ///< no room left
    exposed = 10,       ///< a file of secrets can be read by others
    internal = 70,      ///< our own mistake
};

/// The one that says more, where a run ends in several ways at once.
constexpr ExitCode worse(ExitCode a, ExitCode b) { return a < b ? b : a; }

/// One exit code as help, man page and `explain` tell it.
struct ExitCodeHelp {
    ExitCode code;
    Phrase meaning;
    Phrase help;  ///< what to do
};

/// Every code, in ascending order.
std::span<const ExitCodeHelp> exit_codes();

}  // namespace dutylog::cli
