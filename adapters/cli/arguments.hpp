#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/cli/phrase.hpp"

namespace CLI {
class App;
}

namespace dutylog::cli {

/// One argument as the help shows it.
struct ArgumentHelp {
    std::string names;  ///< `--of SUBJECT`, `PATH…`
    Phrase words;
    bool positional = false;
    bool required = false;
};

/// Declares what a command takes. What is declared is filled when the command line is read, so the
/// targets must live until the command has run.
class Arguments {
public:
    explicit Arguments(CLI::App& app) : app_{app} {}

    /// `--name PLACEHOLDER`, once. @param name  with its dashes; several divided by commas
    Arguments& option(std::string_view name, std::string_view placeholder, std::string& into,
                      Phrase words);
    Arguments& required(std::string_view name, std::string_view placeholder, std::string& into,
                        Phrase words);
    /// May be given several times.
    Arguments& options(std::string_view name, std::string_view placeholder,
                       std::vector<std::string>& into, Phrase words);
    Arguments& flag(std::string_view name, bool& into, Phrase words);
    Arguments& number(std::string_view name, std::string_view placeholder, std::uint64_t& into,
                      Phrase words);
    /// An argument without a name, by its place.
    Arguments& place(std::string_view placeholder, std::string& into, Phrase words,
                     bool required = true);
    Arguments& place_number(std::string_view placeholder, std::uint64_t& into, Phrase words);
    /// All the rest; at least one of them when required.
    Arguments& places(std::string_view placeholder, std::vector<std::string>& into, Phrase words,
                      bool required = true);
    /// `--log FILE`, or the environment's `DUTYLOG_LOG`.
    Arguments& log(std::string& into);

    const std::vector<ArgumentHelp>& help() const { return help_; }

private:
    CLI::App& app_;
    std::vector<ArgumentHelp> help_;
};

}  // namespace dutylog::cli
