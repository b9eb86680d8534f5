#include "tests/cli/program.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "adapters/cli/run.hpp"

namespace dutylog::cli::test {

namespace {

/// Standard input is this file until the end of the scope.
class Input {
public:
    explicit Input(const std::string& path) : kept_{dup(STDIN_FILENO)} {
        const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
        dup2(file, STDIN_FILENO);
        close(file);
    }
    ~Input() {
        dup2(kept_, STDIN_FILENO);
        close(kept_);
    }
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;

private:
    int kept_;
};

}  // namespace

Ran Program::operator()(std::vector<std::string> words) {
    for (std::string& word : words)
        for (std::size_t at = word.find("{}"); at != std::string::npos; at = word.find("{}", at))
            word.replace(at, 2, folder_.file(""));
    words.insert(words.end(), {"--clock", now});
    std::ostringstream out;
    std::ostringstream err;
    const int exit = run({.arguments = std::move(words),
                          .out = out,
                          .err = err,
                          .terminal = terminal,
                          .language = Language::en,
                          .clocks = clocks_});
    return {exit, out.str(), err.str()};
}

Ran Program::in_chinese(std::vector<std::string> words) {
    words.insert(words.end(), {"--lang", "zh-CN"});
    return (*this)(std::move(words));
}

Ran Program::with_input(const std::string& input, std::vector<std::string> words) {
    write("standard-input", input);
    const Input standard{file("standard-input")};
    return (*this)(std::move(words));
}

void Program::given(const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
        const Ran ran = (*this)(words_of(line));
        INFO(line << '\n' << ran.out << ran.err);
        REQUIRE(ran.exit == 0);
    }
}

void Program::write(const std::string& name, const std::string& text) const {
    std::ofstream{file(name), std::ios::binary} << text;
}

std::vector<std::string> words_of(const std::string& line) {
    std::istringstream stream{line};
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    return words;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream stream{text};
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

void open_museum(Program& dutylog) {
    dutylog.given({"init {}museum.db --library " DUTYLOG_SOURCE_DIR "/workflows/examples"});
    const Ran ran = dutylog.with_input(
        R"({"id":"1","command":"add_subject","by":"records","subject":"museum/house"}
{"id":"2","command":"add_subject","by":"records","subject":"gallery/north","in":"house"}
{"id":"3","command":"add_subject","by":"records","subject":"keeper/mei","in":"house","name":"梅"}
{"id":"4","command":"add_subject","by":"records","subject":"keeper/omar","in":"house","name":"Omar"}
{"id":"5","command":"add_subject","by":"records","subject":"unit/EF-07","in":"north"}
{"id":"6","command":"record_fact","by":"records","of":"house","fact":"holds_role","value":{"role":"CONS","person":"omar"}}
{"id":"7","command":"record_fact","by":"records","of":"house","fact":"holds_role","value":{"role":"DIR","person":"omar"}}
{"id":"8","command":"record_fact","by":"records","of":"EF-07","fact":"holds_role","value":{"role":"TECH","person":"mei"}}
{"id":"9","command":"record_fact","by":"mei","of":"EF-07","fact":"fan","value":{"maintained":true}}
)",
        {"act", "--log", "{}museum.db", "-"});
    INFO(ran.out << ran.err);
    REQUIRE(ran.exit == 0);
}

}  // namespace dutylog::cli::test
