#include "adapters/cli/manual.hpp"

#include <algorithm>

#include "adapters/cli/help.hpp"

namespace dutylog::cli {

namespace {

/// A page as it grows.
class Page {
public:
    Page(const std::string& name, Language language) : language_{language} {
        std::string title = name;
        std::ranges::transform(title, title.begin(), [](char letter) {
            return static_cast<char>(letter >= 'a' && letter <= 'z' ? letter - 32 : letter);
        });
        text_ = fmt::format(".TH \"{}\" 1 \"\" \"dutylog {}\" \"Dutylog\"\n", escaped(title),
                            DUTYLOG_VERSION);
        // Without blanks there is nothing by which a line could be stretched.
        if (language == Language::zh_cn) text_ += ".ad l\n.nh\n";
    }

    const std::string& say(const Phrase& words) const { return words.in(language_); }
    void section(const Phrase& title) { text_ += ".SH \"" + escaped(say(title)) + "\"\n"; }
    void sub_section(const Phrase& title) { text_ += ".SS \"" + escaped(say(title)) + "\"\n"; }
    void paragraph(const std::string& words) { text_ += ".PP\n" + line(words); }
    void words(const std::string& words) { text_ += line(words); }
    /// What is typed, and what it means.
    void item(const std::string& typed, const std::string& words) {
        text_ += ".TP\n\\fB" + plain(typed) + "\\fR\n" + line(words);
    }
    void name(const std::string& name, const Phrase& summary) {
        section({"NAME", "名称"});
        text_ += plain(name) + " \\- " + plain(say(summary)) + "\n";
    }
    const std::string& text() const { return text_; }

private:
    /// Nothing in the words is a request or an escape; a hyphen is one that can be copied.
    static std::string escaped(std::string_view words) {
        std::string text;
        for (const char letter : words) {
            if (letter == '\\')
                text += "\\e";
            else if (letter == '-')
                text += "\\-";
            else if (letter == '"')
                text += "\\(dq";
            else
                text += letter;
        }
        return text;
    }
    /// The same with places where a line may end.
    static std::string plain(const std::string& words) {
        std::string text;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::string_view rest = std::string_view{words}.substr(i);
            if (breaks_before(rest)) text += "\\:";
            text += escaped(rest.substr(0, 1));
        }
        return text;
    }
    /// A Chinese sentence has no blanks at which a line could end; it may end between any two
    /// letters, but a line does not begin with the end of a clause.
    static bool breaks_before(std::string_view rest) {
        const auto first = static_cast<unsigned char>(rest.front());
        if (first < 0xe3 || first > 0xe9) return false;
        static constexpr std::string_view closing[] = {"、", "。", "〉", "》", "」", "』", "】"};
        return std::ranges::none_of(closing, [&](auto mark) { return rest.starts_with(mark); });
    }
    static std::string line(const std::string& words) {
        const bool is_request = words.starts_with('.') || words.starts_with('\'');
        return (is_request ? "\\&" : "") + plain(words) + "\n";
    }

    Language language_;
    std::string text_;
};

void list_arguments(Page& page, const Phrase& title, const std::vector<ArgumentHelp>& arguments,
                    bool positional) {
    bool first = true;
    for (const ArgumentHelp& argument : arguments) {
        if (argument.positional != positional) continue;
        if (first) page.section(title);
        first = false;
        std::string words = page.say(argument.words);
        if (argument.required && !positional) words += page.say({" (must be given)", "（必填）"});
        page.item(argument.names, words);
    }
}

void list_exit_codes(Page& page) {
    page.section({"EXIT STATUS", "退出码"});
    for (const ExitCodeHelp& each : exit_codes())
        page.item(std::to_string(static_cast<int>(each.code)), page.say(each.meaning));
}

void list_commands(Page& page, Catalogue catalogue) {
    page.section({"COMMANDS", "命令"});
    const Group* last = nullptr;
    for (const CatalogueEntry& entry : catalogue) {
        if (last == nullptr || *last != entry.command->group)
            page.sub_section(title_of(entry.command->group));
        last = &entry.command->group;
        page.item(entry.command->name, page.say(entry.command->summary));
    }
}

}  // namespace

std::string manual_page(const CatalogueEntry& entry, Language language) {
    const Command& command = *entry.command;
    const std::string name = "dutylog-" + command.name;
    Page page{name, language};
    page.name(name, command.summary);
    page.section({"SYNOPSIS", "用法"});
    page.words(usage_of(command, *entry.arguments));
    page.section({"DESCRIPTION", "说明"});
    page.words(page.say(command.description));
    list_arguments(page, {"ARGUMENTS", "参数"}, *entry.arguments, true);
    list_arguments(page, {"OPTIONS", "选项"}, *entry.arguments, false);
    list_arguments(page, {"COMMON OPTIONS", "通用选项"}, common_arguments(), false);
    list_exit_codes(page);
    page.section({"EXAMPLES", "示例"});
    for (const Example& example : command.examples)
        page.item("dutylog " + example.line, page.say(example.words));
    page.section({"SEE ALSO", "参见"});
    page.words("dutylog(1)");
    return page.text();
}

std::string manual_overview(Catalogue catalogue, Language language) {
    Page page{"dutylog", language};
    page.name("dutylog", {"an employer's duties to prevent occupational disease",
                          "用人单位职业病防治义务管理"});
    page.section({"SYNOPSIS", "用法"});
    page.words("dutylog COMMAND [OPTIONS] …");
    page.section({"DESCRIPTION", "说明"});
    page.words(page.say(purpose()));
    list_commands(page, catalogue);
    list_arguments(page, {"COMMON OPTIONS", "通用选项"}, common_arguments(), false);
    list_exit_codes(page);
    page.section({"ENVIRONMENT", "环境变量"});
    page.item("DUTYLOG_LOG",
              page.say({"the log, where no --log is given", "未给出 --log 时的日志"}));
    page.item("DUTYLOG_CONFIG", page.say({"the configuration of the service, where no --config is "
                                          "given",
                                          "未给出 --config 时的服务配置"}));
    page.section({"FILES", "文件"});
    page.item("/etc/dutylog/dutylog.toml",
              page.say({"the configuration of the service", "服务的配置"}));
    page.item("/usr/share/dutylog/workflows",
              page.say({"the shipped library of definitions", "随附的定义库"}));
    page.section({"SEE ALSO", "参见"});
    std::string list;
    for (const CatalogueEntry& entry : catalogue)
        list += (list.empty() ? "" : ", ") + ("dutylog-" + entry.command->name + "(1)");
    page.words(list);
    return page.text();
}

}  // namespace dutylog::cli
