#pragma once

#include <string>
#include <vector>

#include "adapters/cli/console.hpp"
#include "adapters/clock/system_runtime.hpp"
#include "tests/support/temporary_folder.hpp"

namespace dutylog::cli::test {

/// What one run of the program came to.
struct Ran {
    int exit = 0;
    std::string out;
    std::string err;
};

/// The program in this process, with a folder of its own; it is 2025-03-10T09:00+01:00.
class Program {
public:
    /// Runs one command line; `{}` in a word stands for the folder with its slash.
    Ran operator()(std::vector<std::string> words);
    /// The same in Chinese.
    Ran in_chinese(std::vector<std::string> words);
    /// The same with a standard input.
    Ran with_input(const std::string& input, std::vector<std::string> words);
    /// Several runs that must succeed, each a line whose words are divided by blanks.
    void given(const std::vector<std::string>& lines);

    std::string file(const std::string& name) const { return folder_.file(name); }
    void write(const std::string& name, const std::string& text) const;

    Terminal terminal;
    std::string now = "2025-03-10T09:00+01:00";

private:
    dutylog::test::TemporaryFolder folder_;
    clock::SystemRuntime clocks_;
};

/// The words of a line, divided by blanks.
std::vector<std::string> words_of(const std::string& line);
/// Lines without their ends.
std::vector<std::string> lines_of(const std::string& text);
/// `library` and a museum with people, a gallery and a fan that is kept: `museum.db` in the folder.
void open_museum(Program& dutylog);

}  // namespace dutylog::cli::test
