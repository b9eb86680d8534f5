#pragma once

namespace dutylog::cli {

/// How the program ends; scripts rely on these numbers (docs/cli.md).
enum class ExitCode : int {
    fine = 0,
    problems = 1,   ///< problems found, answers that differ, a verification that failed
    usage = 2,      ///< the command line or an input cannot be understood
    refused = 3,    ///< a rule of the machine said no
    storage = 4,    ///< a file cannot be read or written, or what it holds is damaged
    locked = 5,     ///< another process has the log open for writing
    internal = 70,  ///< our own mistake
};

/// The one that says more, where a run ends in several ways at once.
constexpr ExitCode worse(ExitCode a, ExitCode b) { return a < b ? b : a; }

}  // namespace dutylog::cli
