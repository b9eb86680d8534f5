#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/library_folder.hpp"
#include "engine/definition/render.hpp"
#include "engine/scenario/story.hpp"

namespace dutylog::cli {

namespace fs = std::filesystem;
namespace json = boost::json;

namespace {

struct CheckOptions {
    std::vector<std::string> paths;
    bool sarif = false;
    bool github = false;
    bool strict = false;
};

/// What the named paths come to: problems with files as the caller can open them.
struct Checked {
    std::vector<definition::Diagnostic> problems;
    std::vector<definition::Allowed> allowed;
    definition::SourceTexts texts;
    std::vector<scenario::Problem> scenario_problems;
    std::size_t files = 0;

    std::size_t errors() const {
        return scenario_problems.size() +
               static_cast<std::size_t>(std::ranges::count(problems, definition::Severity::error,
                                                           &definition::Diagnostic::severity));
    }
    std::size_t warnings() const { return problems.size() + scenario_problems.size() - errors(); }
};

class Checker {
public:
    explicit Checker(const CheckOptions& options) : options_{options} {}

    Checked check() {
        std::vector<std::string> paths = options_.paths;
        if (paths.empty())
            paths.push_back(fs::exists("workflows/library.yaml") ? "workflows" : ".");
        for (const std::string& path : paths) sort_in(path);
        for (const auto& [folder, wanted] : libraries_) check_library(folder, wanted);
        return std::move(checked_);
    }

private:
    /// Names of files wanted of a library; empty: all of it.
    using Wanted = std::set<std::string>;

    void sort_in(const std::string& path) {
        if (!fs::exists(path))
            throw Failure{ExitCode::usage, phrase("{}: there is no such file or folder",
                                                  "{}：没有此文件或文件夹", path)};
        const auto library = library_around(path);
        if (library && fs::is_directory(path)) {
            libraries_[as_given(*library)].clear();
            whole_.insert(as_given(*library));
        } else if (library) {
            const fs::path folder = as_given(*library);
            if (!whole_.contains(folder))
                libraries_[folder].insert(fs::absolute(path)
                                              .lexically_normal()
                                              .lexically_relative(*library)
                                              .generic_string());
        } else if (fs::is_directory(path)) {
            throw Failure{ExitCode::usage,
                          phrase("{}: expected a folder with library.yaml, found none there or "
                                 "above",
                                 "{}：应为含有 library.yaml 的文件夹，其自身及上级均未找到", path)};
        } else {
            check_scenario(path);
        }
    }

    /// A path as short as the caller would write it.
    static fs::path as_given(const fs::path& absolute) {
        const fs::path near = absolute.lexically_relative(fs::current_path());
        const std::string text = near.generic_string();
        return text.empty() || text.starts_with("..") ? absolute : near;
    }

    void check_scenario(const std::string& path) {
        std::string text = read_file(path);
        (void)scenario::read_scenario({path, std::move(text)}, checked_.scenario_problems);
        ++checked_.files;
    }

    void check_library(const fs::path& folder, const Wanted& wanted) {
        const LibraryFolder library = read_library_folder(folder);
        if (wanted.empty())
            for (const fs::path& inner : library.inner)
                if (!libraries_.contains(as_given(fs::absolute(inner)))) check_library(inner, {});
        definition::LoadedBundle loaded = definition::load_bundle(library.files);
        const auto name = [&](const std::string& file) {
            return (folder / file).lexically_normal().generic_string();
        };
        const auto is_wanted = [&](const std::string& file) {
            return wanted.empty() || wanted.contains(file);
        };
        for (const definition::SourceFile& file : library.files) {
            checked_.texts[name(file.path)] = file.text;
            checked_.files += is_wanted(file.path);
        }
        for (definition::Diagnostic& problem : loaded.diagnostics) {
            if (!is_wanted(problem.where.file)) continue;
            problem.where.file = name(problem.where.file);
            for (definition::Related& related : problem.related)
                related.where.file = name(related.where.file);
            checked_.problems.push_back(std::move(problem));
        }
        for (definition::Allowed& allowed : loaded.allowed) {
            if (!is_wanted(allowed.problem.where.file)) continue;
            allowed.problem.where.file = name(allowed.problem.where.file);
            allowed.comment.file = name(allowed.comment.file);
            checked_.allowed.push_back(std::move(allowed));
        }
    }

    const CheckOptions& options_;
    std::map<fs::path, Wanted> libraries_;
    std::set<fs::path> whole_;
    Checked checked_;
};

void print_scenario_problems(Console& console, const Checked& checked) {
    for (const scenario::Problem& problem : checked.scenario_problems)
        console.line(fmt::format("{}:{}: {}", problem.file, problem.line, problem.message));
}

void print_json(Session& session, const Checked& checked) {
    json::value problems =
        definition::render_json(checked.problems, checked.texts, session.console.language());
    for (const scenario::Problem& problem : checked.scenario_problems)
        problems.as_array().push_back(json::object{{"file", problem.file},
                                                   {"line", problem.line},
                                                   {"severity", "error"},
                                                   {"message", problem.message}});
    json::array allowed;
    for (const definition::Allowed& each : checked.allowed)
        allowed.push_back(json::object{{"code", each.problem.code},
                                       {"file", each.problem.where.file},
                                       {"reason", each.reason}});
    session.console.json(json::object{{"files", checked.files},
                                      {"errors", checked.errors()},
                                      {"warnings", checked.warnings()},
                                      {"problems", std::move(problems)},
                                      {"allowed", std::move(allowed)}});
}

void print_text(Session& session, const Checked& checked) {
    Console& console = session.console;
    const bool colour = !console.paint(Tone::bad, "x").starts_with("x");
    console.print(
        definition::render_text(checked.problems, checked.texts, {console.language(), colour}));
    print_scenario_problems(console, checked);
    const std::size_t errors = checked.errors();
    const std::size_t warnings = checked.warnings();
    if (errors + warnings == 0)
        return console.line(console.paint(
            Tone::good, console.say(phrase("✓ {0} files, nothing to say; {1} set aside with a "
                                           "reason",
                                           "✓ 共 {0} 个文件，没有问题；{1} 项附理由搁置",
                                           checked.files, checked.allowed.size()))));
    console.line();
    console.line(console.paint(errors > 0 ? Tone::bad : Tone::warn,
                               console.say(phrase("{0} errors and {1} warnings in {2} files",
                                                  "{2} 个文件中有 {0} 个错误、{1} 个警告", errors,
                                                  warnings, checked.files))));
    if (!checked.problems.empty())
        console.line(phrase("`dutylog explain {0}` says more about {0}.",
                            "`dutylog explain {0}` 详细说明 {0}。", checked.problems.front().code));
}

ExitCode check(Session& session, const CheckOptions& options) {
    const Checked checked = Checker{options}.check();
    const Language language = session.console.language();
    if (options.sarif)
        session.console.json(
            definition::render_sarif(checked.problems, checked.allowed, checked.texts, language));
    else if (options.github)
        session.console.print(definition::render_github(checked.problems, checked.texts, language));
    else if (session.json)
        print_json(session, checked);
    else
        print_text(session, checked);
    const bool bad = checked.errors() > 0 || (options.strict && checked.warnings() > 0);
    return bad ? ExitCode::problems : ExitCode::fine;
}

}  // namespace

Command check_command() {
    return {
        "check",
        Group::definitions,
        {"says what is wrong with definitions, tables and calendars", "检查定义文件、数据表与日历"},
        {"Reads a library as publishing would, and tells every problem with its place, what "
         "was expected, and how to mend it. Of a single file only its own problems are told, "
         "though the library around it is read. Scenario files are checked too. The exit code "
         "is 1 where there is an error.",
         "按发布时的方式读取定义库，逐一指出问题的位置、应有内容与改法。只给出单个文件时，仍读取"
         "其所在的定义库，但只报告该文件的问题。情景案例文件也可检查。有错误时退出码为 1。"},
        {{"check workflows", {"checks the shipped library", "检查随附的定义库"}},
         {"check workflows/definitions/facility-maintenance.yaml",
          {"checks one definition within its library", "在其定义库内检查一个定义"}},
         {"check --sarif > problems.sarif",
          {"for code scanning and editors", "供代码扫描与编辑器使用"}},
         {"explain DL0104", {"says more about one code", "详细说明一个代码"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<CheckOptions>();
            arguments
                .places("PATH", options->paths,
                        {"folders of libraries, or files; where none is named, `workflows` or "
                         "the library around this folder",
                         "定义库文件夹或文件；省略时为 `workflows` 或当前文件夹所在的定义库"},
                        false)
                .flag("--sarif", options->sarif, {"a SARIF 2.1.0 log", "输出 SARIF 2.1.0"})
                .flag("--github", options->github,
                      {"workflow commands of GitHub Actions", "输出 GitHub Actions 工作流命令"})
                .flag("--strict", options->strict, {"warnings count as errors", "警告也算错误"});
            return [options](Session& session) { return check(session, *options); };
        }};
}

}  // namespace dutylog::cli
