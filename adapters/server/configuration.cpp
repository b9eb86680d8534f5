#include "adapters/server/configuration.hpp"

#include <algorithm>
#include <memory>

#include "adapters/cli/failure.hpp"
#include "adapters/server/house_options.hpp"

namespace dutylog::server {

using cli::ExitCode;
using cli::Failure;
using cli::phrase;

void declare_config(cli::Arguments& arguments, ConfigOptions& options) {
    arguments
        .option("--config", "FILE", options.file,
                {"the configuration; where it is left out, the file that DUTYLOG_CONFIG names",
                 "配置文件；省略时取环境变量 DUTYLOG_CONFIG 所指的文件"})
        .options("--set", "KEY=VALUE", options.set,
                 {"one setting, as server.port=8443; outweighs file and environment",
                  "单项设置，如 server.port=8443；优先于文件与环境变量"});
}

config::Sources config_sources(const ConfigOptions& options,
                               const std::vector<config::Flag>& flags) {
    config::Sources sources;
    sources.environment = config::environment_variables();
    sources.file = options.file;
    if (sources.file.empty()) sources.file = sources.environment["DUTYLOG_CONFIG"];
    for (const std::string& word : options.set) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            throw Failure{
                ExitCode::usage,
                phrase("expected --set KEY=VALUE, found `{}`", "--set 应为 键=值，实为 `{}`", word),
                {"`dutylog config show` lists every key.", "`dutylog config show` 列出全部键。"}};
        sources.flags.push_back({word.substr(0, equals), "--set", word.substr(equals + 1)});
    }
    std::ranges::copy_if(flags, std::back_inserter(sources.flags),
                         [](const config::Flag& flag) { return !flag.value.empty(); });
    sources.sections = config_sections();
    return sources;
}

std::vector<config::Section> config_sections() {
    std::vector<config::Section> sections;
    const auto setup = std::make_shared<dispatch::Setup>();
    for (const auto& [name, read] : telling_sections)
        sections.push_back(
            {name, [setup, read](config::TableReader& reader) { read(reader, *setup); }});
    sections.push_back({"inbound", [](config::TableReader& reader) { read_inbound(reader); }});
    return sections;
}

config::Config read_config(cli::Session& session, const config::Sources& sources) {
    try {
        return config::Config::read(sources);
    } catch (const config::BadConfiguration& bad) {
        const auto& problems = bad.problems();
        if (!session.json)
            for (const config::Problem& problem : problems)
                session.console.complain(cli::Tone::bad,
                                         phrase("{0}: {1}", "{0}：{2}", to_string(problem.place),
                                                problem.what.en, problem.what.zh_cn),
                                         {problem.help.en, problem.help.zh_cn});
        // With --json there is one line of failure, so it has to say the first problem itself.
        if (!session.json)
            throw Failure{ExitCode::configuration, phrase("problems in the configuration: {0}",
                                                          "配置问题数：{0}", problems.size())};
        throw Failure{ExitCode::configuration,
                      phrase("problems in the configuration: {0}; the first: {1}: {2}",
                             "配置问题数：{0}；第一个：{1}：{3}", problems.size(),
                             to_string(problems.front().place), problems.front().what.en,
                             problems.front().what.zh_cn),
                      {problems.front().help.en, problems.front().help.zh_cn}};
    }
}

}  // namespace dutylog::server
