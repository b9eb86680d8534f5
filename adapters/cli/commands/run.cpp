#include <filesystem>
#include <map>
#include <memory>

#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/library_folder.hpp"
#include "adapters/cli/story/questions.hpp"
#include "adapters/cli/story/story.hpp"
#include "adapters/keys/key_file.hpp"
#include "adapters/memory/store.hpp"
#include "adapters/sqlite/store.hpp"

namespace dutylog::cli {

namespace {

namespace json = boost::json;

struct RunOptions {
    std::vector<std::string> files;
    std::string log;
    bool story = false;
};

json::object json_of(const Played& played) {
    json::array problems;
    for (const scenario::Problem& problem : played.problems)
        problems.push_back(json::object{{"line", problem.line}, {"message", problem.message}});
    json::array answers;
    for (const scenario::Answered& answer : played.answers) {
        json::object entry{{"ask", answer.ask}, {"line", answer.line}, {"found", answer.found}};
        entry["differences"] = json::array(answer.differences.begin(), answer.differences.end());
        if (!answer.assumptions.empty())
            entry["assumptions"] =
                json::array(answer.assumptions.begin(), answer.assumptions.end());
        answers.push_back(std::move(entry));
    }
    const log::TreeHead head = played.player.engine().store().head();
    return {{"scenario", played.scenario.id},
            {"file", played.scenario.file},
            {"events", head.size},
            {"root", to_hex(head.root)},
            {"problems", std::move(problems)},
            {"answers", std::move(answers)}};
}

/// Lives scenarios through, one after the other. Libraries are loaded once each.
class Runner {
public:
    Runner(Session& session, const RunOptions& options) : session_{session}, options_{options} {}

    ExitCode run() {
        if (!options_.log.empty()) check_log();
        ExitCode exit = ExitCode::fine;
        for (const std::string& file : options_.files) exit = worse(exit, run(file));
        return exit;
    }

private:
    void check_log() {
        if (options_.files.size() > 1)
            throw Failure{ExitCode::usage,
                          {"--log keeps the log of one scenario, and several are named",
                           "--log 只能保存一个案例的日志，而给出了多个案例"}};
        if (std::filesystem::exists(options_.log))
            throw Failure{ExitCode::usage, phrase("{}: exists; a scenario needs a new log",
                                                  "{}：已存在；案例需要新的日志", options_.log)};
    }

    ExitCode run(const std::string& file) {
        std::vector<scenario::Problem> problems;
        const auto scenario = scenario::read_scenario({file, read_file(file)}, problems);
        if (!problems.empty() || scenario == nullptr) return unreadable(file, problems);
        const auto folder = std::filesystem::path{file}.parent_path() / scenario->library;
        const RunnableLibrary& library = library_in(folder.lexically_normal());
        const auto store = make_store();
        session_.progress(phrase("playing {}", "推演 {}", file), 0);
        scenario::Player player{*scenario, library.files, library.rules, *store, {}};
        Played played{*scenario, player, player.play(), {}};
        if (!options_.log.empty()) keep_keys(player);
        played.answers = scenario::ask(*scenario, player);
        session_.console.end_progress();
        tell(played);
        return ended(played);
    }

    ExitCode unreadable(const std::string& file, const std::vector<scenario::Problem>& problems) {
        for (const scenario::Problem& problem : problems) {
            const std::string words =
                fmt::format("{}:{}: {}", problem.file, problem.line, problem.message);
            session_.console.complain(Tone::bad, {words, words});
        }
        if (problems.empty())
            session_.console.complain(Tone::bad,
                                      phrase("{}: is no scenario", "{}：不是情景案例", file));
        return ExitCode::usage;
    }

    const RunnableLibrary& library_in(const std::filesystem::path& folder) {
        const auto known = libraries_.find(folder);
        if (known != libraries_.end()) return known->second;
        return libraries_.emplace(folder, load_library(folder)).first->second;
    }

    std::unique_ptr<log::EventStore> make_store() const {
        if (options_.log.empty()) return std::make_unique<memory::MemoryStore>();
        return std::make_unique<sqlite::SqliteStore>(options_.log);
    }

    /// So that who asks the kept log sees the names of the story's people.
    void keep_keys(scenario::Player& player) const {
        keys::KeyFile file{keys::KeyFile::beside(options_.log)};
        for (const std::string& id : player.engine().world().sealed_with)
            if (const auto key = player.keys().find(id)) file.keep(id, *key);
    }

    static ExitCode ended(const Played& played) {
        if (!played.problems.empty()) return ExitCode::problems;
        for (const scenario::Answered& answer : played.answers)
            if (!answer.differences.empty()) return ExitCode::problems;
        return ExitCode::fine;
    }

    void tell(const Played& played) {
        if (session_.json)
            session_.console.json(json_of(played));
        else if (options_.story)
            tell_story(session_, played);
        else
            tell_result(played);
    }

    void tell_result(const Played& played) {
        Console& console = session_.console;
        const Narrator narrator{played.player.engine().world(), console.language()};
        std::size_t agree = 0;
        for (const scenario::Answered& answer : played.answers) agree += answer.differences.empty();
        const bool fine = ended(played) == ExitCode::fine;
        console.line(console.paint(fine ? Tone::good : Tone::bad, fine ? "✓ " : "✗ ") +
                     narrator.say("{0}: {1} of {2} answers as expected, {3} events",
                                  "{0}：{2} 个问题中 {1} 个答案符合预期，共 {3} 个事件",
                                  played.scenario.id, agree, played.answers.size(),
                                  played.player.engine().store().head().size));
        for (const scenario::Problem& problem : played.problems)
            tell_difference(problem.file, problem.line, problem.message);
        for (std::size_t i = 0; i < played.answers.size(); ++i) {
            const scenario::Answered& answer = played.answers[i];
            if (answer.differences.empty()) continue;
            tell_difference(played.scenario.file, answer.line,
                            question_words(narrator, played.scenario.questions[i]));
            for (const std::string& difference : answer.differences) {
                console.print("      ");
                console.paragraph(difference, 6);
            }
        }
    }

    void tell_difference(const std::string& file, std::uint32_t line, const std::string& words) {
        session_.console.print("  ");
        session_.console.paragraph(fmt::format("{}:{}: {}", file, line, words), 4);
    }

    Session& session_;
    const RunOptions& options_;
    std::map<std::filesystem::path, RunnableLibrary> libraries_;
};

}  // namespace

Command run_command() {
    return {"run",
            Group::stories,
            {"lives scenarios through and asks their questions", "推演情景案例并核对其问题"},
            {"A scenario is a dated story with the questions asked of it and the answers expected. "
             "It is lived through on a virtual clock with the real definitions; each question is "
             "then answered from the log it made. The exit code is 1 where anything differs.",
             "情景案例是带日期的经过，并附提出的问题与预期答案。程序用真实的定义在虚拟时钟上推演"
             "全过程，再从所得日志回答每个问题。有任何不符时退出码为 1。"},
            {{"run scenarios/*.yaml", {"plays all of them, a line each", "推演全部案例，每个一行"}},
             {"run scenarios/s1-benzene.yaml --story",
              {"tells the whole story: what happened, what followed, who was told, which deadline "
               "was missed first",
               "讲述全过程：发生了什么、由此产生什么、告知了谁、最先错过哪个期限"}},
             {"run scenarios/s1-benzene.yaml --log benzene.db",
              {"keeps the log, so that more can be asked: dutylog timeline --log benzene.db",
               "保留日志，以便继续提问：dutylog timeline --log benzene.db"}}},
            [](Arguments& arguments) -> Action {
                const auto options = std::make_shared<RunOptions>();
                arguments
                    .places("FILE", options->files,
                            {"scenarios: YAML files (docs/scenarios.md)",
                             "情景案例：YAML 文件（见 docs/scenarios.md）"})
                    .flag("--story", options->story,
                          {"tells the story with its dates, breaches and answers",
                           "按日期讲述经过、违规与答案"})
                    .option("--log", "FILE", options->log,
                            {"keeps the log in a new file", "把日志保存到新文件"});
                return [options](Session& session) { return Runner{session, *options}.run(); };
            }};
}

}  // namespace dutylog::cli
