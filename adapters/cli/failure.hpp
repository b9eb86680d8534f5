#pragma once

#include <exception>

#include "adapters/cli/exit_code.hpp"
#include "adapters/cli/phrase.hpp"

namespace dutylog::cli {

/// Ends a command: thrown where going on makes no sense, caught once in `run`. The message says
/// what was expected, what was found and where; the help says what to do.
class Failure : public std::exception {
public:
    explicit Failure(ExitCode exit, Phrase message, Phrase help = {})
        : exit_{exit}, message_{std::move(message)}, help_{std::move(help)} {}

    const char* what() const noexcept override { return message_.en.c_str(); }
    ExitCode exit() const { return exit_; }
    const Phrase& message() const { return message_; }
    const Phrase& help() const { return help_; }

private:
    ExitCode exit_;
    Phrase message_;
    Phrase help_;
};

}  // namespace dutylog::cli
