#include <iostream>

#include "adapters/cli/run.hpp"
#include "adapters/clock/system_runtime.hpp"
#include "adapters/server/commands.hpp"

int main(int count, char** words) {
    using namespace dutylog;
    std::ios::sync_with_stdio(false);
    clock::SystemRuntime clocks;
    return cli::run({.arguments = {words + 1, words + count},
                     .out = std::cout,
                     .err = std::cerr,
                     .terminal = cli::Terminal::found(),
                     .language = cli::language_of_environment(),
                     .clocks = clocks,
                     .more = server::commands()});
}
