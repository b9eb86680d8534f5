#include "adapters/cli/run.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <ostream>

#include "adapters/cli/catalogue.hpp"
#include "adapters/cli/fixed_clock.hpp"
#include "adapters/cli/help.hpp"
#include "adapters/keys/key_file.hpp"
#include "adapters/sqlite/lock_file.hpp"
#include "engine/log/codec_error.hpp"
#include "engine/log/disk_full.hpp"
#include "engine/pdca/world.hpp"
#include "engine/rule/suggest.hpp"

namespace dutylog::cli {

namespace {

struct CommonValues {
    bool json = false;
    std::string language;
    std::string clock;
};

std::optional<Language> language_named(std::string_view name) {
    if (name == "en") return Language::en;
    if (name == "zh-CN" || name == "zh") return Language::zh_cn;
    return std::nullopt;
}

/// The language must be known before anything is said, so `--lang` is looked for ahead of parsing.
Language language_of(const Start& start) {
    for (std::size_t i = 0; i < start.arguments.size(); ++i) {
        const std::string_view word = start.arguments[i];
        std::optional<Language> named;
        if (word == "--lang" && i + 1 < start.arguments.size())
            named = language_named(start.arguments[i + 1]);
        else if (word.starts_with("--lang="))
            named = language_named(word.substr(7));
        if (named) return *named;
    }
    return start.language;
}

/// The first word that is no option and no option's value.
std::optional<std::string> command_word(const std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i] == "--lang" || arguments[i] == "--clock")
            ++i;
        else if (!arguments[i].starts_with("-"))
            return arguments[i];
    }
    return std::nullopt;
}

Failure unknown_command(const std::string& word, std::span<const Command> commands) {
    std::vector<std::string> names;
    for (const Command& command : commands) names.push_back(command.name);
    Phrase help{"`dutylog --help` lists the commands.", "`dutylog --help` 列出所有命令。"};
    if (const auto near = rule::suggestions(word, names); !near.empty())
        help = phrase("Did you mean `{0}`? `dutylog --help` lists the commands.",
                      "是否指 `{0}`？`dutylog --help` 列出所有命令。", near.front());
    return Failure{ExitCode::usage, phrase("there is no command `{}`", "没有命令 `{}`", word),
                   help};
}

/// What CLI11 found, in our words.
Failure usage_failure(const CLI::ParseError& error, const std::string& command) {
    const std::string found = error.what();
    const std::string after =
        found.find(": ") == std::string::npos ? found : found.substr(found.find(": ") + 2);
    const std::string first = found.substr(0, found.find(' '));
    const Phrase help = phrase("`dutylog {0} --help` shows how it is used.",
                               "`dutylog {0} --help` 显示用法。", command);
    const std::string& kind = error.get_name();
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr)
        return Failure{ExitCode::usage,
                       phrase("`{}` takes no `{}`", "`{}` 不接受 `{}`", command, after), help};
    if (kind == "RequiredError")
        return Failure{ExitCode::usage, phrase("`{}` needs {}", "`{}` 缺少 {}", command, first),
                       help};
    if (kind == "ArgumentMismatch")
        return Failure{
            ExitCode::usage,
            phrase("{0} needs one value", "{0} 需要一个值", first.substr(0, first.find(':'))),
            help};
    return Failure{ExitCode::usage,
                   phrase("the command line cannot be read: {}", "无法读懂命令行：{}", found),
                   help};
}

/// The program's commands beside the parser they were declared to.
class Program {
public:
    explicit Program(const std::vector<Command>& more)
        : commands_{all_commands()}, app_{"", "dutylog"} {
        commands_.insert(commands_.end(), more.begin(), more.end());
        const auto catalogue = [this] { return entries(); };
        commands_.push_back(manual_command(catalogue));
        commands_.push_back(completion_command(catalogue));
        std::ranges::stable_sort(commands_, {}, &Command::group);
        app_.set_help_flag("-h,--help");
        app_.fallthrough();
        app_.require_subcommand(0, 1);
        app_.add_flag("--json", common_.json);
        app_.add_option("--lang", common_.language);
        app_.add_option("--clock", common_.clock);
        for (const Command& command : commands_) {
            CLI::App* sub = app_.add_subcommand(command.name);
            arguments_.emplace_back(*sub);
            actions_.push_back(command.declare(arguments_.back()));
        }
    }

    ExitCode run(const Start& start, Console& console) {
        const auto word = command_word(start.arguments);
        const std::size_t at = index_of(word);
        if (word && *word != "help" && at == commands_.size())
            throw unknown_command(*word, commands_);
        if (!word || *word == "help") return overview(start, console);
        try {
            std::vector<std::string> reversed{start.arguments.rbegin(), start.arguments.rend()};
            app_.parse(reversed);
        } catch (const CLI::CallForHelp&) {
            print_help(console, commands_[at], arguments_[at].help());
            return ExitCode::fine;
        } catch (const CLI::ParseError& error) {
            throw usage_failure(error, *word);
        }
        return act(actions_[at], start, console);
    }

private:
    std::vector<CatalogueEntry> entries() const {
        std::vector<CatalogueEntry> all;
        for (std::size_t i = 0; i < commands_.size(); ++i)
            all.push_back({&commands_[i], &arguments_[i].help()});
        return all;
    }

    std::size_t index_of(const std::optional<std::string>& word) const {
        const auto found = std::find_if(commands_.begin(), commands_.end(),
                                        [&](const Command& c) { return word && c.name == *word; });
        return static_cast<std::size_t>(found - commands_.begin());
    }

    /// `dutylog`, `dutylog --help`, `dutylog help` and `dutylog help COMMAND`.
    ExitCode overview(const Start& start, Console& console) {
        const bool helped = start.arguments.size() > 1 && start.arguments.front() == "help";
        const std::size_t at = helped ? index_of(start.arguments[1]) : commands_.size();
        if (at < commands_.size()) {
            print_help(console, commands_[at], arguments_[at].help());
            return ExitCode::fine;
        }
        if (helped) throw unknown_command(start.arguments[1], commands_);
        print_overview(console, commands_);
        return start.arguments.empty() ? ExitCode::usage : ExitCode::fine;
    }

    ExitCode act(const Action& action, const Start& start, Console& console) {
        if (!common_.language.empty() && !language_named(common_.language))
            throw Failure{ExitCode::usage,
                          phrase("expected --lang zh-CN or --lang en, found `{}`",
                                 "--lang 应为 zh-CN 或 en，实为 `{}`", common_.language)};
        std::optional<FixedClock> fixed;
        if (!common_.clock.empty()) {
            const auto at = parse_instant(common_.clock);
            if (!at)
                throw Failure{ExitCode::usage,
                              phrase("expected --clock with an instant as 2025-12-05T09:00+08:00, "
                                     "found `{}`",
                                     "--clock 应为时刻，如 2025-12-05T09:00+08:00，实为 `{}`",
                                     common_.clock)};
            fixed.emplace(*at, start.clocks);
        }
        runtime::Runtime& clocks = fixed ? static_cast<runtime::Runtime&>(*fixed) : start.clocks;
        Session session{console, clocks, common_.json};
        return action(session);
    }

    std::vector<Command> commands_;
    CLI::App app_;
    CommonValues common_;
    std::vector<Arguments> arguments_;
    std::vector<Action> actions_;
};

bool wants_json(const std::vector<std::string>& arguments) {
    return std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
}

Phrase verify_help() {
    return {"`dutylog verify FILE` says what is wrong with a log.",
            "`dutylog verify 文件` 检查日志的问题所在。"};
}

}  // namespace

Language language_of_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        return std::string_view{value}.starts_with("zh") ? Language::zh_cn : Language::en;
    }
    return Language::en;
}

int run(const Start& start) {
    Console console{start.out, start.err, start.terminal, language_of(start)};
    const auto fail = [&](const Failure& failure) {
        if (wants_json(start.arguments))
            console.complain_as_json(failure);
        else
            console.complain(Tone::bad, failure.message(), failure.help());
        return static_cast<int>(failure.exit());
    };
    const auto damaged = [&](const std::exception& error) {
        return fail(Failure{ExitCode::storage,
                            phrase("the log cannot be read: {}", "日志无法读取：{}", error.what()),
                            verify_help()});
    };
    try {
        Program program{start.more};
        const ExitCode exit = program.run(start, console);
        console.end_progress();
        start.out.flush();
        return static_cast<int>(exit);
    } catch (const Failure& failure) {
        return fail(failure);
    } catch (const sqlite::LogLocked& error) {
        return fail(Failure{ExitCode::locked,
                            phrase("the log is open for writing elsewhere: {}",
                                   "日志正被其他进程写入：{}", error.what()),
                            {"Wait until that process ends, or send the command to it. Questions "
                             "can be asked meanwhile.",
                             "请等待该进程结束，或把命令交给它。期间仍可提问。"}});
    } catch (const log::DiskFull& error) {
        return fail(
            Failure{ExitCode::disk_full,
                    phrase("no room is left on the disk: {}", "磁盘空间不足：{}", error.what()),
                    {"Make room and start again; nothing that was acknowledged is lost.",
                     "请腾出空间后重新启动；已确认的内容不会丢失。"}});
    } catch (const keys::KeyFileError& error) {
        return fail(Failure{ExitCode::keys,
                            phrase("the keys cannot be used: {}", "密钥无法使用：{}", error.what()),
                            {"Put the file back from where keys are kept apart from the log.",
                             "请从另行保管之处取回该文件。"}});
    } catch (const log::StoreError& error) {
        return fail(Failure{ExitCode::storage,
                            phrase("storage failed: {}", "存储故障：{}", error.what()),
                            verify_help()});
    } catch (const log::DamagedEvent& error) {
        return damaged(error);
    } catch (const log::DecodeError& error) {
        return damaged(error);
    } catch (const pdca::CorruptStream& error) {
        return damaged(error);
    } catch (const std::exception& error) {
        return fail(Failure{
            ExitCode::internal,
            phrase("this is a mistake of the program: {}", "程序自身错误：{}", error.what()),
            {"Please report it with the command that led to it.", "请连同所用命令一并报告。"}});
    }
}

}  // namespace dutylog::cli
