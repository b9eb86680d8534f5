#include <memory>

#include "adapters/cli/commands/commands.hpp"
#include "engine/definition/messages.hpp"
#include "engine/rule/suggest.hpp"

namespace dutylog::cli {

namespace {

namespace json = boost::json;

std::string in(const definition::Words& words, Language language) {
    return std::string{words.in(language)};
}

ExitCode list(Session& session) {
    json::array codes;
    for (const definition::Message* message : definition::catalogue()) {
        const std::string text = in(message->text, session.console.language());
        if (session.json)
            codes.push_back(
                json::object{{"code", message->code}, {"name", message->name}, {"message", text}});
        else
            session.console.line(session.console.paint(Tone::accent, message->code) + "  " + text);
    }
    if (session.json) session.console.json(codes);
    return ExitCode::fine;
}

Failure unknown(const std::string& code) {
    std::vector<std::string> known;
    for (const definition::Message* message : definition::catalogue())
        known.emplace_back(message->code);
    const auto near = rule::suggestions(code, known);
    return Failure{ExitCode::usage, phrase("no message has the code `{}`", "没有代码 `{}`", code),
                   near.empty() ? Phrase{"`dutylog explain` lists the codes.",
                                         "`dutylog explain` 列出所有代码。"}
                                : phrase("Did you mean {}?", "是否指 {}？", near.front())};
}

/// @returns null where the text is no exit code
const ExitCodeHelp* exit_code_named(const std::string& text) {
    for (const ExitCodeHelp& each : exit_codes())
        if (std::to_string(static_cast<int>(each.code)) == text) return &each;
    return nullptr;
}

ExitCode explain_exit(Session& session, const ExitCodeHelp& found) {
    const Console& console = session.console;
    if (session.json)
        session.console.json(json::object{{"exit", static_cast<int>(found.code)},
                                          {"meaning", console.say(found.meaning)},
                                          {"help", console.say(found.help)}});
    else
        session.console.line(phrase("Exit code {0}: {1}.\n\n{2}", "退出码 {0}：{3}。\n\n{4}",
                                    static_cast<int>(found.code), found.meaning.en, found.help.en,
                                    found.meaning.zh_cn, found.help.zh_cn));
    return ExitCode::fine;
}

ExitCode explain(Session& session, std::string code) {
    if (code.empty()) return list(session);
    if (const ExitCodeHelp* found = exit_code_named(code)) return explain_exit(session, *found);
    for (char& letter : code)
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    const definition::Message* message = definition::find_message(code);
    if (message == nullptr) throw unknown(code);
    const Language language = session.console.language();
    if (session.json)
        session.console.json(json::object{{"code", message->code},
                                          {"name", message->name},
                                          {"message", in(message->text, language)},
                                          {"help", in(message->help, language)},
                                          {"meaning", in(message->meaning, language)},
                                          {"wrong", message->wrong},
                                          {"right", message->right}});
    else
        session.console.line(definition::explain(code, language));
    return ExitCode::fine;
}

}  // namespace

Command explain_command() {
    return {
        "explain",
        Group::definitions,
        {"the page of a problem's code: what the rule is, and how to mend it",
         "解释问题代码：规则含义与改法"},
        {"Every problem that `check` tells has a code. Its page says what the rule is and why, "
         "with an example that has the problem and the same example mended. The exit codes "
         "of the program have pages too.",
         "`check` "
         "报告的每个问题都有代码。其说明页写明规则及理由，并附有问题的示例与改正后的示例。程序的"
         "退出码也有说明。"},
        {{"explain DL0104", {"the page of one code", "一个代码的说明"}},
         {"explain 5", {"an exit code of the program", "程序的退出码"}},
         {"explain", {"lists every code", "列出所有代码"}}},
        [](Arguments& arguments) -> Action {
            const auto code = std::make_shared<std::string>();
            arguments.place("CODE", *code,
                            {"a code such as DL0104; where it is left out, all are listed",
                             "代码，如 DL0104；省略时列出全部"},
                            false);
            return [code](Session& session) { return explain(session, *code); };
        }};
}

}  // namespace dutylog::cli
