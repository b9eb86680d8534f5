#include <memory>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/library_folder.hpp"
#include "engine/scenario/definition_test.hpp"

namespace dutylog::cli {

namespace {

namespace json = boost::json;

struct TestOptions {
    std::string path;
    bool all = false;
};

/// A test and how it went.
struct Tested {
    const definition::TestCase* test;
    std::uint32_t line;
    std::vector<std::string> differences;
};

std::uint32_t line_of(const std::vector<definition::SourceFile>& files,
                      const definition::SourceSpan& where) {
    for (const definition::SourceFile& file : files)
        if (file.path == where.file) return definition::LineMap{file.text}.place(where.from).line;
    return 0;
}

void print(Session& session, const std::filesystem::path& folder, const TestOptions& options,
           const std::vector<Tested>& tested, std::size_t failed) {
    Console& console = session.console;
    for (const Tested& each : tested) {
        const bool fine = each.differences.empty();
        if (fine && !options.all) continue;
        console.line(fmt::format(
            "{} {}:{}: {}", console.paint(fine ? Tone::good : Tone::bad, fine ? "✓" : "✗"),
            (folder / each.test->where.file).lexically_normal().generic_string(), each.line,
            each.test->name));
        for (const std::string& difference : each.differences) {
            console.print("    ");
            console.paragraph(difference, 4);
        }
    }
    console.line(
        console.paint(failed == 0 ? Tone::good : Tone::bad,
                      console.say(phrase("{0} tests, {1} failed", "共 {0} 个测试，{1} 个未通过",
                                         tested.size(), failed))));
}

json::object json_of(const std::vector<Tested>& tested, std::size_t failed) {
    json::array tests;
    for (const Tested& each : tested)
        tests.push_back(json::object{
            {"definition", each.test->definition},
            {"name", each.test->name},
            {"file", each.test->where.file},
            {"line", each.line},
            {"differences", json::array(each.differences.begin(), each.differences.end())}});
    return {{"tests", std::move(tests)}, {"failed", failed}};
}

ExitCode run_tests(Session& session, const TestOptions& options) {
    const std::filesystem::path given = options.path.empty() ? "workflows" : options.path;
    const auto around = library_around(given);
    const bool one_file = around && std::filesystem::is_regular_file(given);
    const std::filesystem::path folder = one_file ? *around : given;
    const RunnableLibrary library = load_library(folder);
    const std::string wanted =
        one_file ? std::filesystem::absolute(given).lexically_relative(*around).generic_string()
                 : std::string{};
    std::vector<Tested> tested;
    std::size_t failed = 0;
    for (const definition::TestCase& test : library.tests) {
        if (!wanted.empty() && test.where.file != wanted) continue;
        session.progress({"testing", "测试"}, tested.size(), library.tests.size());
        tested.push_back({&test, line_of(library.files, test.where),
                          scenario::run_definition_test(library.rules, test)});
        failed += !tested.back().differences.empty();
    }
    session.console.end_progress();
    if (session.json)
        session.console.json(json_of(tested, failed));
    else
        print(session, folder, options, tested, failed);
    return failed == 0 ? ExitCode::fine : ExitCode::problems;
}

}  // namespace

Command test_command() {
    return {
        "test",
        Group::definitions,
        {"runs the tests inside definitions", "运行定义文件内的测试"},
        {"A definition carries examples: given these facts, on that day this is due. Each is "
         "played on an invented subject with the real machine, where every role is held by a "
         "person named after it. The exit code is 1 where one fails.",
         "定义文件自带示例：给定若干事实，某日应有何种期限。每个示例都在虚构的对象上用真实的引擎"
         "推演，各职责由同名人员担任。有未通过者退出码为 1。"},
        {{"test workflows", {"all tests of the library", "运行定义库的全部测试"}},
         {"test workflows/definitions/facility-maintenance.yaml --all",
          {"those of one file, those that pass too", "运行一个文件的测试，也列出通过者"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<TestOptions>();
            arguments
                .place("PATH", options->path,
                       {"folder of a library, or one definition in it; `workflows` where it "
                        "is left out",
                        "定义库文件夹或其中一个定义；省略时为 `workflows`"},
                       false)
                .flag("--all", options->all, {"names those that pass too", "也列出通过的测试"});
            return [options](Session& session) { return run_tests(session, *options); };
        }};
}

}  // namespace dutylog::cli
