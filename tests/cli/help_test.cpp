#include <catch2/catch.hpp>
#include <set>

#include "adapters/cli/command.hpp"
#include "adapters/cli/width.hpp"
#include "tests/cli/program.hpp"

using namespace dutylog::cli;
using dutylog::cli::test::Program;
using dutylog::cli::test::Ran;

namespace {

/// Lines that are wider than the terminal, but for examples, which are there to be copied.
std::vector<std::string> too_wide(const std::string& text, std::size_t columns) {
    std::vector<std::string> wide;
    for (const std::string& line : dutylog::cli::test::lines_of(text))
        if (display_width(line) > columns && !line.starts_with("  dutylog ") &&
            line.find(": dutylog ") == std::string::npos)
            wide.push_back(line);
    return wide;
}

}  // namespace

TEST_CASE("every command explains itself in both languages, with an example of its own",
          "[cli][help]") {
    Program dutylog;
    for (const Command& command : all_commands()) {
        INFO(command.name);
        const Ran english = dutylog({command.name, "--help"});
        const Ran chinese = dutylog.in_chinese({command.name, "--help"});
        CHECK(english.exit == 0);
        CHECK(chinese.exit == 0);
        CHECK(english.err.empty());
        CHECK_THAT(english.out, Catch::StartsWith("Usage: dutylog " + command.name));
        CHECK_THAT(chinese.out, Catch::StartsWith("用法: dutylog " + command.name));
        CHECK_THAT(english.out, Catch::Contains("  dutylog " + command.name));
        CHECK(english.out != chinese.out);
        CHECK(dutylog({"help", command.name}).out == english.out);
    }
}

TEST_CASE("help fits the terminal, where Chinese takes two columns a letter", "[cli][help]") {
    Program dutylog;
    for (const std::size_t columns : {60U, 80U, 100U}) {
        dutylog.terminal.columns = columns;
        for (const Command& command : all_commands()) {
            INFO(command.name << " in " << columns << " columns");
            CHECK(too_wide(dutylog({command.name, "--help"}).out, columns).empty());
            CHECK(too_wide(dutylog.in_chinese({command.name, "--help"}).out, columns).empty());
        }
        CHECK(too_wide(dutylog.in_chinese({"--help"}).out, columns).empty());
    }
}

TEST_CASE("the overview lists every command once, and without a command is wrong usage",
          "[cli][help]") {
    Program dutylog;
    const Ran overview = dutylog({"--help"});
    CHECK(overview.exit == 0);
    std::multiset<std::string> listed;
    for (const std::string& line : dutylog::cli::test::lines_of(overview.out))
        if (line.starts_with("  ") && line[2] != ' ')
            listed.insert(line.substr(2, line.find(' ', 2) - 2));
    for (const Command& command : all_commands()) CHECK(listed.count(command.name) == 1);
    CHECK_THAT(overview.out, Catch::Contains("3 refused by a rule"));
}

TEST_CASE("a wrong command line says what is wrong, what would be right, and exits 2",
          "[cli][usage]") {
    struct Row {
        std::string line;
        std::string english;
        std::string chinese;
    };
    const Row rows[] = {
        {"stat --log x", "there is no command `stat`", "没有命令 `stat`"},
        {"verify", "`verify` needs", "`verify` 缺少"},
        {"verify x --colour", "`verify` takes no `--colour`", "`verify` 不接受 `--colour`"},
        {"export x --from many", "--from", "--from"},
        {"version --lang fr", "found `fr`", "实为 `fr`"},
        {"explain DL9999", "no message has the code `DL9999`", "没有代码 `DL9999`"},
    };
    Program dutylog;
    for (const Row& row : rows) {
        INFO(row.line);
        const Ran english = dutylog(dutylog::cli::test::words_of(row.line));
        CHECK(english.exit == 2);
        CHECK(english.out.empty());
        CHECK_THAT(english.err, Catch::StartsWith("dutylog: ") && Catch::Contains(row.english));
        if (row.line.find("--lang") != std::string::npos) continue;
        const Ran chinese = dutylog.in_chinese(dutylog::cli::test::words_of(row.line));
        CHECK(chinese.exit == 2);
        CHECK_THAT(chinese.err, Catch::Contains(row.chinese));
    }
}

TEST_CASE("a command that is nearly right is proposed", "[cli][usage]") {
    Program dutylog;
    CHECK_THAT(dutylog({"timelin"}).err, Catch::Contains("Did you mean `timeline`?"));
}
