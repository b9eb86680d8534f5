#include "adapters/server/config_command.hpp"

#include <boost/json.hpp>
#include <memory>

#include "adapters/cli/failure.hpp"
#include "adapters/cli/table.hpp"
#include "adapters/server/configuration.hpp"

namespace dutylog::server {

using cli::ExitCode;
using cli::Failure;
using cli::phrase;
using cli::Phrase;
using cli::Session;
namespace json = boost::json;

namespace {

struct Options {
    std::string action;
    ConfigOptions config;
    bool origin = false;
};

Phrase origin_of(const config::Value& value) {
    if (value.source == config::Source::initial) return {"default", "默认"};
    const std::string place = to_string(value.place);
    return {place, place};
}

/// Numbers and truths as they are, all else as text.
json::value json_of(const config::Value& value) {
    using config::Kind;
    if (value.setting->shape.kind == Kind::whole) return value.fitting.number;
    if (value.setting->shape.kind == Kind::truth) return value.fitting.number == 1;
    return json::string{value.fitting.text};
}

ExitCode show(Session& session, const Options& options) {
    const config::Config config = read_config(session, config_sources(options.config));
    if (session.json) {
        json::array list;
        for (const config::Value& value : config.values())
            list.push_back({{"key", value.setting->key},
                            {"value", json_of(value)},
                            {"origin", session.console.say(origin_of(value))},
                            {"variable", variable_of(*value.setting)},
                            {"meaning", value.setting->meaning.in(session.console.language())}});
        session.console.json(list);
        return ExitCode::fine;
    }
    std::size_t width = 0;
    for (const config::Value& value : config.values())
        width = std::max(width, value.setting->key.size() + value.fitting.text.size());
    for (const config::Value& value : config.values()) {
        std::string line = fmt::format("{} = {}", value.setting->key, value.fitting.text);
        line.resize(std::max(line.size(), width + 5), ' ');
        if (options.origin)
            line += session.console.paint(cli::Tone::faint, session.console.say(origin_of(value)));
        line.erase(line.find_last_not_of(' ') + 1);
        session.console.line(line);
    }
    return ExitCode::fine;
}

json::object json_of(const config::Problem& problem, Language language) {
    json::object object{{"place", problem.place.name}};
    if (problem.place.line != 0) {
        object["line"] = problem.place.line;
        object["column"] = problem.place.column;
    }
    object["problem"] = problem.what.in(language);
    object["help"] = problem.help.in(language);
    return object;
}

ExitCode check(Session& session, const Options& options) {
    config::Sources sources = config_sources(options.config);
    sources.needed = {"log.file"};
    if (!session.json) {
        const config::Config config = read_config(session, sources);
        session.console.line(session.console.paint(
            cli::Tone::good,
            session.console.say(phrase("✓ {}: nothing to say", "✓ {}：没有问题",
                                       config.path().empty() ? "-" : config.path()))));
        return ExitCode::fine;
    }
    json::array found;
    try {
        config::Config::read(sources);
    } catch (const config::BadConfiguration& bad) {
        for (const config::Problem& problem : bad.problems())
            found.push_back(json_of(problem, session.console.language()));
    }
    const ExitCode exit = found.empty() ? ExitCode::fine : ExitCode::configuration;
    session.console.json(json::object{{"problems", std::move(found)}});
    return exit;
}

}  // namespace

cli::Command config_command() {
    return {
        "config",
        cli::Group::service,
        {"the configuration of the service: what is in force and why, what is wrong",
         "服务的配置：生效值及其来源、问题"},
        {"`show` lists every setting of `serve`, and with --origin where each comes from: a "
         "default, a line of the file, a variable of the environment, or --set; later ones of "
         "these outweigh earlier ones. `check` tells every problem of a configuration at once, "
         "with its place and what to do; the exit code is then 6.",
         "`show` 列出 `serve` 的全部设置；加 --origin 时并列出来源：默认值、文件的某行、环境变量或 "
         "--set，后者优先于前者。`check` "
         "一次列出配置的全部问题、位置与改法，此时退出码为 6。"},
        {{"config show --origin --config /etc/dutylog/dutylog.toml",
          {"what is in force, and who said so", "生效值及其来源"}},
         {"config check --config plant.toml", {"before the service is started", "启动服务之前"}}},
        [](cli::Arguments& arguments) -> cli::Action {
            const auto options = std::make_shared<Options>();
            arguments.place("show|check", options->action,
                            {"what is in force, or what is wrong", "显示生效值，或检查问题"});
            declare_config(arguments, options->config);
            arguments.flag("--origin", options->origin,
                           {"also where each value comes from", "并显示每个值的来源"});
            return [options](Session& session) {
                if (options->action == "show") return show(session, *options);
                if (options->action == "check") return check(session, *options);
                throw Failure{
                    ExitCode::usage,
                    phrase("expected `config show` or `config check`, found `{}`",
                           "应为 `config show` 或 `config check`，实为 `{}`", options->action)};
            };
        }};
}

}  // namespace dutylog::server
