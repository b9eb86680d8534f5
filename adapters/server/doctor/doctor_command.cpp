#include "adapters/server/doctor/doctor_command.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>

#include "adapters/cli/failure.hpp"
#include "adapters/server/configuration.hpp"
#include "adapters/server/doctor/doctor.hpp"

namespace dutylog::server {

using cli::ExitCode;
using cli::Failure;
using cli::phrase;
using cli::Phrase;
using cli::Session;
namespace json = boost::json;

namespace doctor {

Finding ok(std::string part, Phrase what) {
    return {std::move(part), Verdict::ok, std::move(what), {}};
}
Finding warn(std::string part, Phrase what, Phrase help) {
    return {std::move(part), Verdict::warn, std::move(what), std::move(help)};
}
Finding fail(std::string part, Phrase what, Phrase help) {
    return {std::move(part), Verdict::fail, std::move(what), std::move(help)};
}

}  // namespace doctor

namespace {

using doctor::Finding;
using doctor::Findings;
using doctor::Patient;
using doctor::Verdict;

struct Options {
    std::string log;
    ConfigOptions config;
    bool strict = false;
};

constexpr const char* names[] = {"ok", "warn", "fail"};

/// A check that fails to look is itself a finding; the others go on.
void add(Findings& all, const char* part, const Patient& patient,
         Findings (*look)(const Patient&)) {
    const auto failed = [&](const Phrase& what, const Phrase& help) {
        all.push_back(doctor::fail(part, what, help));
    };
    const Phrase verify{"`dutylog verify FILE` says what is wrong with a log.",
                        "`dutylog verify 文件` 检查日志的问题所在。"};
    try {
        Findings found = look(patient);
        std::ranges::move(found, std::back_inserter(all));
    } catch (const Failure& failure) {
        failed(failure.message(), failure.help());
    } catch (const std::exception& error) {
        failed(phrase("cannot be looked at: {}", "无法检查：{}", error.what()), verify);
    }
}

/// The configuration with its problems as findings; with problems the defaults stand in, so that
/// the rest can be looked at.
config::Config examined_config(const config::Sources& sources, Findings& findings) {
    try {
        config::Config config = config::Config::read(sources);
        findings.push_back(
            doctor::ok("configuration", phrase("{}: nothing to say", "{}：没有问题",
                                               config.path().empty() ? "-" : config.path())));
        return config;
    } catch (const config::BadConfiguration& bad) {
        for (const config::Problem& problem : bad.problems())
            findings.push_back(doctor::fail("configuration",
                                            phrase("{0}: {1}", "{0}：{2}", to_string(problem.place),
                                                   problem.what.en, problem.what.zh_cn),
                                            {problem.help.en, problem.help.zh_cn}));
        return config::Config::read({});
    }
}

Findings examine(Session& session, const Options& options) {
    Findings findings;
    config::Sources sources = config_sources(options.config, {{"log.file", "FILE", options.log}});
    sources.needed = {"log.file"};
    const config::Config config = examined_config(sources, findings);
    Patient patient{session, config, config.text("log.file")};
    if (patient.log.empty()) patient.log = options.log;
    if (patient.log.empty()) return findings;
    std::string who;
    patient.in_use = doctor::is_in_use(patient.log, who);
    add(findings, "storage", patient, doctor::look_at_storage);
    add(findings, "clock", patient, doctor::look_at_clock);
    add(findings, "log", patient, doctor::look_at_log);
    add(findings, "secrets", patient, doctor::look_at_secrets);
    add(findings, "service", patient, doctor::look_at_service);
    return findings;
}

void tell(Session& session, const Findings& findings) {
    static constexpr const char* marks[] = {"✓", "!", "✗"};
    static constexpr cli::Tone tones[] = {cli::Tone::good, cli::Tone::warn, cli::Tone::bad};
    cli::Console& console = session.console;
    for (const Finding& finding : findings) {
        const auto verdict = static_cast<std::size_t>(finding.verdict);
        console.print(console.paint(tones[verdict], marks[verdict]) + " " +
                      fmt::format("{:<14} ", finding.part));
        console.paragraph(console.say(finding.what), 17);
        if (finding.help.empty()) continue;
        console.print(std::string(17, ' '));
        console.paragraph(console.say(finding.help), 17);
    }
}

void tell_as_json(Session& session, const Findings& findings) {
    json::array list;
    for (const Finding& finding : findings) {
        json::object object{{"part", finding.part},
                            {"verdict", names[static_cast<std::size_t>(finding.verdict)]},
                            {"what", session.console.say(finding.what)}};
        if (!finding.help.empty()) object["help"] = session.console.say(finding.help);
        list.push_back(std::move(object));
    }
    session.console.json(list);
}

ExitCode run(Session& session, const Options& options) {
    const Findings findings = examine(session, options);
    if (session.json)
        tell_as_json(session, findings);
    else
        tell(session, findings);
    const Verdict least = options.strict ? Verdict::warn : Verdict::fail;
    const bool sick = std::ranges::any_of(
        findings, [least](const Finding& finding) { return finding.verdict >= least; });
    return sick ? ExitCode::problems : ExitCode::fine;
}

}  // namespace

cli::Command doctor_command() {
    return {
        "doctor",
        cli::Group::service,
        {"what can be known before there is trouble", "在出问题之前检查一切"},
        {"Looks at the configuration, the SQLite library, the file system and its room, how fast a "
         "sync is, the clock, the log with its keys, rules and next year's calendar, what was kept "
         "of it elsewhere, files of secrets, the certificate, and the address. Each line is ok, a "
         "warning, or a failure with what to do. Nothing is changed; the service may run. The exit "
         "code is 1 where something fails, with --strict also for a warning.",
         "检查配置、SQLite 库、文件系统与剩余空间、同步速度、时钟、日志及其密钥、规则与次年日历、"
         "另处保存的检查点、机密文件、证书及监听地址。每行为正常、警告或失败，并附处理办法。不作任"
         "何"
         "改动，服务可照常运行。有失败时退出码为 1；加 --strict 时警告亦然。"},
        {{"doctor --config /etc/dutylog/dutylog.toml",
          {"as the service is configured", "按服务的配置"}},
         {"doctor plant.db", {"one log, with the defaults", "单个日志，按默认设置"}}},
        [](cli::Arguments& arguments) -> cli::Action {
            const auto options = std::make_shared<Options>();
            arguments.place("FILE", options->log,
                            {"the log; where it is left out, log.file of the configuration",
                             "日志文件；省略时取配置中的 log.file"},
                            false);
            declare_config(arguments, options->config);
            arguments.flag("--strict", options->strict, {"a warning is a failure", "警告视为失败"});
            return [options](Session& session) { return run(session, *options); };
        }};
}

}  // namespace dutylog::server
