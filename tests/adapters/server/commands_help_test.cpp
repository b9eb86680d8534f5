#include "adapters/cli/width.hpp"
#include "tests/adapters/server/service_program.hpp"

using namespace dutylog;
using dutylog::test::ServiceProgram;

namespace {

/// Lines that are wider than the terminal, but for examples, which are there to be copied.
std::vector<std::string> too_wide(const std::string& text, std::size_t columns) {
    std::vector<std::string> wide;
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);)
        if (cli::display_width(line) > columns && !line.starts_with("  dutylog ") &&
            line.find(": dutylog ") == std::string::npos)
            wide.push_back(line);
    return wide;
}

const char* const names[] = {"serve",   "config", "doctor",    "backup",
                             "restore", "manual", "completion"};

}  // namespace

TEST_CASE("the commands of the service explain themselves in both languages, and fit the terminal",
          "[cli][help]") {
    ServiceProgram dutylog;
    for (const std::string name : names)
        for (const std::size_t columns : {60U, 80U, 100U}) {
            INFO(name << " in " << columns << " columns");
            dutylog.terminal.columns = columns;
            const auto english = dutylog({name, "--help", "--lang", "en"});
            const auto chinese = dutylog({name, "--help", "--lang", "zh-CN"});
            CHECK_THAT(english.out, Catch::StartsWith("Usage: dutylog " + name));
            CHECK_THAT(english.out, Catch::Contains("  dutylog " + name));
            CHECK_THAT(chinese.out, Catch::StartsWith("用法: dutylog " + name));
            CHECK(too_wide(english.out, columns).empty());
            CHECK(too_wide(chinese.out, columns).empty());
        }
}

TEST_CASE("the overview has the commands of the service in a group of their own", "[cli][help]") {
    ServiceProgram dutylog;
    const std::string overview = dutylog({"--help"}).out;
    for (const std::string name : names) CHECK_THAT(overview, Catch::Contains("\n  " + name + " "));
    const std::size_t group = overview.find("The service");
    REQUIRE(group != std::string::npos);
    CHECK(overview.find("\n  serve ") > group);
    CHECK(overview.find("The service", group + 1) == std::string::npos);
}

TEST_CASE("an exit code has a page in both languages", "[cli][help]") {
    ServiceProgram dutylog;
    for (const cli::ExitCodeHelp& each : cli::exit_codes()) {
        const std::string code = std::to_string(static_cast<int>(each.code));
        INFO(code);
        CHECK_THAT(dutylog({"explain", code}).out, Catch::StartsWith("Exit code " + code + ": "));
        CHECK_THAT(dutylog({"explain", code, "--lang", "zh-CN"}).out,
                   Catch::StartsWith("退出码 " + code + "："));
    }
    CHECK(dutylog({"explain", "99"}).exit == 2);
}
