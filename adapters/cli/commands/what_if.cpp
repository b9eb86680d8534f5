#include <boost/json.hpp>
#include <memory>

#include "adapters/cli/answers.hpp"
#include "adapters/cli/commands/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/moments.hpp"
#include "adapters/cli/refusals.hpp"
#include "adapters/cli/supposing.hpp"

namespace dutylog::cli {

namespace json = boost::json;

namespace {

struct WhatIfOptions {
    std::string log;
    std::vector<std::string> drop;
    std::vector<std::string> move;
    std::vector<std::string> replace;
    std::vector<std::string> add;
    std::string changes;
    std::string until;
};

/// The flags as the list of changes that a file would hold.
json::array changes_of(const WhatIfOptions& options) {
    json::array changes;
    if (!options.changes.empty()) {
        json::error_code error;
        const json::value read = json::parse(
            options.changes == "-" ? read_standard_input() : read_file(options.changes), error);
        if (error || !read.is_array())
            throw Failure{ExitCode::usage, phrase("{0}: expected a JSON list of changes",
                                                  "{0}：应为 JSON 变更列表", options.changes)};
        changes = read.get_array();
    }
    const auto split = [](const std::string& text, const char* option) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos)
            throw Failure{ExitCode::usage, phrase("{0}: expected EVENT=…, found `{1}`",
                                                  "{0}：应为 事件=…，实为 `{1}`", option, text)};
        return std::pair{text.substr(0, equals), text.substr(equals + 1)};
    };
    const auto parsed = [](const std::string& text, const char* option) {
        json::error_code error;
        json::value value = json::parse(text, error);
        if (error || !value.is_object())
            throw Failure{ExitCode::usage, phrase("{0}: expected a JSON object, found `{1}`",
                                                  "{0}：应为 JSON 对象，实为 `{1}`", option, text)};
        return value;
    };
    for (const std::string& event : options.drop) changes.push_back(json::object{{"drop", event}});
    for (const std::string& text : options.move) {
        const auto [event, at] = split(text, "--move");
        changes.push_back(json::object{{"move", event}, {"at", at}});
    }
    for (const std::string& text : options.replace) {
        const auto [event, with] = split(text, "--replace");
        changes.push_back(json::object{{"replace", event}, {"with", parsed(with, "--replace")}});
    }
    for (const std::string& text : options.add)
        changes.push_back(json::object{{"add", parsed(text, "--add")}});
    return changes;
}

void print(Session& session, const Supposed& answer) {
    Console& console = session.console;
    const Narrator narrator{answer.world, console.language()};
    const auto section = [&](const Phrase& title, const json::array& breaches) {
        console.line(console.paint(Tone::strong, console.say(title)));
        for (const std::string& line : answer_lines(console, narrator, "what-if", breaches)) {
            console.print("  ");
            console.paragraph(line, 4);
        }
    };
    section({"Breaches that remain", "依然存在的违规"}, answer.remain);
    section({"Breaches that would not have been", "本可避免的违规"}, answer.avoided);
    if (!answer.arisen.empty())
        section({"Breaches that would have arisen", "由此新生的违规"}, answer.arisen);
    for (const history::DroppedAct& act : answer.dropped)
        console.paragraph(console.say(phrase_of(act, {"Not possible in the changed history: {}",
                                                      "在改变后的经过中不成立：{}"})),
                          2);
    console.paragraph(
        console.paint(Tone::faint, narrator.say("Rehearsed in memory from the log of {0} events "
                                                "with the tree head {1}.",
                                                "依据 {0} 个事件、树头为 {1} 的日志在内存中推演。",
                                                answer.head.size, to_hex(answer.head.root))),
        0);
}

ExitCode what_if(Session& session, const WhatIfOptions& options) {
    const json::array changes = changes_of(options);
    if (changes.empty())
        throw Failure{ExitCode::usage,
                      {"a what-if needs a change", "假设推演需要至少一项变更"},
                      {"For example --drop 47, or --move 47=2025-12-05.",
                       "例如 --drop 47，或 --move 47=2025-12-05。"}};
    OpenedLog log{session, options.log};
    const auto until = read_cut_if_given("--until", options.until, log.zone());
    const Supposed answer = suppose(log, changes, until);
    if (session.json)
        session.console.json(to_json(answer, changes));
    else
        print(session, answer);
    return ExitCode::fine;
}

}  // namespace

Command what_if_command() {
    return {
        "what-if",
        Group::questions,
        {"which breaches remain, had something been otherwise", "假如某事不同，哪些违规依然存在"},
        {"Takes what came from outside (facts, acts, answers), changes it as asked, and lives "
         "it through again in memory with the same rules: deadlines, reminders and breaches "
         "arise anew. The log is not touched. Events are named by their places.",
         "取来自外部的事实、行为与答复，按要求改变后，用同样的规则在内存中重新推演：期限、提醒与"
         "违规重新产生，日志不变。事件以其位置指称。"},
        {{"what-if --log plant.db --drop 345", {"had it not happened", "假如没有发生"}},
         {"what-if --log plant.db --move 345=2025-12-05",
          {"had it happened on that day", "假如发生在该日"}},
         {"what-if --log plant.db --replace '199={\"value\": \"1.2 mg/m3\"}'",
          {"had it said something else", "假如内容不同"}},
         {"what-if --log plant.db --changes changes.json --json",
          {"several changes, from a file", "从文件读取多项变更"}}},
        [](Arguments& arguments) -> Action {
            const auto options = std::make_shared<WhatIfOptions>();
            arguments.log(options->log)
                .options("--drop", "EVENT", options->drop, {"without this event", "去除该事件"})
                .options("--move", "EVENT=WHEN", options->move,
                         {"as if done and recorded then", "视为在该时发生并记录"})
                .options("--replace", "EVENT=JSON", options->replace,
                         {"a fact with other fields", "改变事实的字段"})
                .options("--add", "JSON", options->add,
                         {"one more command (docs/cli.md)", "增加一个命令（见 docs/cli.md）"})
                .option("--changes", "FILE", options->changes,
                        {"a JSON list of such changes; `-` for standard input",
                         "上述变更的 JSON 列表；`-` 为标准输入"})
                .option("--until", "WHEN", options->until,
                        {"rehearse up to then; else up to the last event of the log",
                         "推演至该时；省略时至日志最后一个事件"});
            return [options](Session& session) { return what_if(session, *options); };
        }};
}

}  // namespace dutylog::cli
