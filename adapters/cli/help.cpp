#include "adapters/cli/help.hpp"

#include <algorithm>

#include "adapters/cli/catalogue.hpp"
#include "adapters/cli/width.hpp"

namespace dutylog::cli {

namespace {

/// Left column, then words wrapped beside it.
void print_pair(Console& console, const std::string& left, Tone tone, std::size_t width,
                const std::string& words) {
    const std::size_t used = display_width(left);
    std::string head = "  " + console.paint(tone, left);
    if (used > width) {
        console.line(head);
        head = std::string(width + 2, ' ');
    } else {
        head += std::string(width - used, ' ');
    }
    console.print(head + "  ");
    console.paragraph(words, width + 4);
}

std::size_t widest(const std::vector<ArgumentHelp>& arguments) {
    constexpr std::size_t width_max = 24;
    std::size_t width = 0;
    for (const ArgumentHelp& argument : arguments)
        if (const std::size_t used = display_width(argument.names); used <= width_max)
            width = std::max(width, used);
    return width;
}

void print_arguments(Console& console, const Phrase& title,
                     const std::vector<ArgumentHelp>& arguments, bool positional) {
    const std::size_t width = widest(arguments);
    bool first = true;
    for (const ArgumentHelp& argument : arguments) {
        if (argument.positional != positional) continue;
        if (first) {
            console.line();
            console.line(console.paint(Tone::strong, console.say(title)));
        }
        first = false;
        std::string words = console.say(argument.words);
        if (argument.required && !positional)
            words += console.say({" (must be given)", "（必填）"});
        print_pair(console, argument.names, Tone::accent, width, words);
    }
}

/// `0 fine, 1 problems found, …`
std::string code_list(const Console& console) {
    std::string list;
    for (const ExitCodeHelp& each : exit_codes())
        list += fmt::format("{}{} {}", list.empty() ? "" : console.say({", ", "，"}),
                            static_cast<int>(each.code), console.say(each.meaning));
    return list + console.say({".", "。"});
}

}  // namespace

const Phrase& title_of(Group group) {
    static const Phrase titles[] = {{"Stories", "情景案例"},
                                    {"Definitions", "定义文件"},
                                    {"Logs", "日志"},
                                    {"The service", "服务"},
                                    {"Questions of an investigation", "调查提问"},
                                    {"Trust", "核验"},
                                    {"About", "其他"}};
    return titles[static_cast<std::size_t>(group)];
}

std::string usage_of(const Command& command, const std::vector<ArgumentHelp>& arguments) {
    std::string usage = "dutylog " + command.name;
    bool optional = false;
    for (const ArgumentHelp& argument : arguments) {
        if (argument.positional) continue;
        if (argument.required)
            usage += " " + argument.names;
        else
            optional = true;
    }
    if (optional) usage += " [OPTIONS]";
    for (const ArgumentHelp& argument : arguments)
        if (argument.positional)
            usage += argument.required ? " " + argument.names : " [" + argument.names + "]";
    return usage;
}

const Phrase& purpose() {
    static const Phrase words{
        "dutylog keeps an employer's duties to prevent occupational disease: "
        "definitions are text files, everything that happens goes into one "
        "append-only log, and the log answers an investigator's questions.",
        "dutylog 管理用人单位的职业病防治义务：义务写成定义文件，发生的一切记入一份"
        "只增不改的日志，事后可对日志提出调查问题。"};
    return words;
}

const std::vector<ArgumentHelp>& common_arguments() {
    static const std::vector<ArgumentHelp> arguments{
        {"--json", {"answers as JSON, for programs", "以 JSON 输出，供程序读取"}},
        {"--lang LANGUAGE",
         {"zh-CN or en; where it is left out, as LC_ALL or LANG says",
          "zh-CN 或 en；省略时依 LC_ALL、LANG"}},
        {"--clock INSTANT",
         {"stands in for this machine's clock, to try things out: 2025-12-05T09:00+08:00",
          "代替本机时钟，用于试验：2025-12-05T09:00+08:00"}},
        {"-h, --help", {"this text", "显示本说明"}}};
    return arguments;
}

void print_overview(Console& console, std::span<const Command> commands) {
    console.paragraph(console.say(purpose()), 0);
    console.line();
    console.line(console.paint(Tone::strong, console.say({"Usage", "用法"})) +
                 ": dutylog COMMAND [OPTIONS] …");
    std::size_t width = 0;
    for (const Command& command : commands) width = std::max(width, command.name.size());
    for (std::size_t i = 0; i < commands.size(); ++i) {
        if (i == 0 || commands[i].group != commands[i - 1].group) {
            console.line();
            console.line(console.paint(Tone::strong, console.say(title_of(commands[i].group))));
        }
        print_pair(console, commands[i].name, Tone::accent, width,
                   console.say(commands[i].summary));
    }
    print_arguments(console, {"Every command takes", "所有命令通用"}, common_arguments(), false);
    console.line();
    console.paragraph(console.say({"`dutylog COMMAND --help` explains one command, with examples.",
                                   "`dutylog 命令 --help` 说明单个命令并附示例。"}) +
                          console.say({" Exit codes: ", "退出码："}) + code_list(console),
                      0);
}

void print_help(Console& console, const Command& command,
                const std::vector<ArgumentHelp>& arguments) {
    console.line(console.paint(Tone::strong, console.say({"Usage", "用法"})) + ": " +
                 usage_of(command, arguments));
    console.line();
    console.paragraph(console.say(command.description), 0);
    print_arguments(console, {"Arguments", "参数"}, arguments, true);
    print_arguments(console, {"Options", "选项"}, arguments, false);
    print_arguments(console, {"Every command takes", "所有命令通用"}, common_arguments(), false);
    if (command.examples.empty()) return;
    console.line();
    console.line(console.paint(Tone::strong, console.say({"Examples", "示例"})));
    for (const Example& example : command.examples) {
        console.line("  " + console.paint(Tone::accent, "dutylog " + example.line));
        console.print("      ");
        console.paragraph(console.say(example.words), 6);
    }
}

}  // namespace dutylog::cli
