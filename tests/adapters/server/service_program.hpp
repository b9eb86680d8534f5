#pragma once

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "adapters/cli/run.hpp"
#include "adapters/clock/system_runtime.hpp"
#include "adapters/server/commands.hpp"
#include "tests/support/temporary_folder.hpp"

namespace dutylog::test {

/// The program with the commands of the service, in a folder of its own; `{}` in a word is the
/// folder with its slash.
struct ServiceProgram {
    struct Ran {
        int exit;
        std::string out;
        std::string err;
    };

    TemporaryFolder folder;
    clock::SystemRuntime clocks;
    cli::Terminal terminal;

    std::string file(const std::string& name) const { return folder.file(name); }
    std::string read(const std::string& name) const {
        std::ifstream in{file(name), std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream{file(name), std::ios::binary} << text;
    }
    Ran operator()(std::vector<std::string> words) {
        for (std::string& word : words)
            for (std::size_t at = word.find("{}"); at != std::string::npos;
                 at = word.find("{}", at))
                word.replace(at, 2, folder.file(""));
        std::ostringstream out;
        std::ostringstream err;
        const int exit = cli::run({.arguments = std::move(words),
                                   .out = out,
                                   .err = err,
                                   .terminal = terminal,
                                   .language = Language::en,
                                   .clocks = clocks,
                                   .more = server::commands()});
        return {exit, out.str(), err.str()};
    }
    /// Runs a line whose words are divided by blanks, and which must succeed.
    Ran given(const std::string& line) {
        std::istringstream stream{line};
        std::vector<std::string> words;
        for (std::string word; stream >> word;) words.push_back(word);
        Ran ran = (*this)(std::move(words));
        INFO(line << '\n' << ran.out << ran.err);
        REQUIRE(ran.exit == 0);
        return ran;
    }
    /// `plant.db` with a keeper whose name is sealed.
    void open_plant() {
        given("init {}plant.db --library " DUTYLOG_SOURCE_DIR
              "/workflows/examples --employer house");
        given("act --log {}plant.db add_subject by=records subject=keeper/mei in=house name=Mei");
    }
};

}  // namespace dutylog::test
