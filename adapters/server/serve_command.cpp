#include "adapters/server/serve_command.hpp"

#include <iostream>
#include <memory>
#include <thread>

#include "adapters/cli/failure.hpp"
#include "adapters/cli/fixed_clock.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/config/toml.hpp"
#include "adapters/server/configuration.hpp"
#include "adapters/server/first_token.hpp"
#include "adapters/server/house_options.hpp"
#include "adapters/server/notify.hpp"
#include "adapters/server/private_files.hpp"
#include "adapters/server/running.hpp"
#include "adapters/server/service_log.hpp"
#include "adapters/server/starting.hpp"

namespace dutylog::server {

using cli::Arguments;
using cli::ExitCode;
using cli::Failure;
using cli::phrase;
using cli::Session;

namespace {

struct ServeOptions {
    std::string log;
    ConfigOptions config;
    std::string address;
    std::string port;
    std::string socket;
    std::string certificate;
    std::string key;
    std::string tokens;
    std::string base_url;
    std::vector<std::string> inbound;
    bool without_keys = false;
    bool single_threaded = false;
};

/// `lab=lab.yaml,lab.secret`
std::vector<InboundOption> inbound_options(const std::vector<std::string>& texts) {
    std::vector<InboundOption> options;
    for (const std::string& text : texts) {
        const std::size_t equals = text.find('=');
        const std::size_t comma = text.find(',', std::min(equals, text.size()));
        if (comma == std::string::npos)
            throw Failure{ExitCode::usage,
                          phrase("--inbound: expected NAME=MAPPING,SECRETS, found {}",
                                 "--inbound：应为 名称=映射文件,密钥文件，实为 {}", text)};
        options.push_back({text.substr(0, equals), text.substr(equals + 1, comma - equals - 1),
                           text.substr(comma + 1)});
    }
    return options;
}

/// Ahead of all else about the configuration, for this has an exit code of its own.
void require_private_secrets(const std::string& configuration) {
    if (configuration.empty()) return;
    std::vector<std::string> files;
    try {
        files = secret_files(config::read_toml(configuration));
    } catch (const config::BadConfiguration&) {
        return;  // reading it for good tells what is wrong
    }
    for (const std::string& file : files) require_private(file);
}

config::Config configuration(Session& session, const ServeOptions& options) {
    config::Sources sources =
        config_sources(options.config, {{"log.file", "FILE", options.log},
                                        {"server.address", "--address", options.address},
                                        {"server.port", "--port", options.port},
                                        {"server.socket", "--socket", options.socket},
                                        {"tls.certificate", "--certificate", options.certificate},
                                        {"tls.key", "--key", options.key},
                                        {"tokens.file", "--tokens", options.tokens},
                                        {"links.base_url", "--base-url", options.base_url}});
    sources.needed = {"log.file"};
    require_private_secrets(sources.file);
    return read_config(session, sources);
}

ExitCode serve(Session& session, const ServeOptions& flags) {
    const config::Config config = configuration(session, flags);
    cli::require_log(config.text("log.file"));
    ServiceLog log{log_line_options(config), session.clocks, std::cerr};
    HouseOptions options = house_options(config, session.console.language());
    options.without_keys = flags.without_keys;
    options.single_threaded = flags.single_threaded;
    options.log_line = [&log](std::string_view line) { log.line(line); };
    for (InboundOption& each : inbound_options(flags.inbound))
        options.inbound.push_back(std::move(each));
    require_private_files(config, options);
    const std::string tokens = options.tokens;

    const sigset_t signals = block_signals();
    std::optional<TestClock> clock;
    if (dynamic_cast<const cli::FixedClock*>(&session.clocks) != nullptr)
        clock.emplace(session.now(), session.clocks);
    options.test_clock = clock ? &*clock : nullptr;
    options.network = &session.clocks;
    runtime::Runtime& runtime = clock ? static_cast<runtime::Runtime&>(*clock) : session.clocks;
    const auto opened = open_house(std::move(options), runtime);
    House& house = *opened;
    const std::string place = listen(house, config);
    session.console.line(phrase("listening on {}", "监听 {}", place));
    if (const auto token = house.first_token()) show_first_token(session, *token, tokens);
    session.console.flush();
    if (const std::size_t missing = house.writer().keys().missing; missing > 0)
        log.tell(LogLevel::warn, "keys_missing", {{"people", std::to_string(missing)}});
    log.tell(LogLevel::info, "ready",
             {{"place", place}, {"events", std::to_string(house.writer().figures().head)}});
    const Elapsed grace = config.time("server.drain_time");
    notify_ready(place);
    if (flags.single_threaded) {
        serve_alone(house, grace, signals);
    } else {
        std::jthread serving{[&house] { house.run(); }};
        wait_for_end(runtime, house, log, grace, signals);
    }
    log.tell(LogLevel::info, "stopped");
    return ended(house);
}

}  // namespace

cli::Command serve_command() {
    return {
        "serve",
        cli::Group::service,
        {"the service over one log: HTTP, deadlines as they come",
         "对一个日志提供服务：HTTP，按时触发期限"},
        {"Serves the API of docs/api.md until SIGTERM or SIGINT, then answers what it has taken "
         "and ends. SIGHUP reads the certificates again. The first start makes a token that may "
         "do everything and shows it once; tokens are kept as hashes beside the log.",
         "按 docs/api.md 提供接口，直至收到 SIGTERM 或 SIGINT，答复已接受的请求后结束。SIGHUP "
         "重新读取证书。首次启动时新建管理员令牌，仅显示一次；令牌只以哈希保存在日志旁。"},
        {{"serve plant.db", {"on this machine only", "仅限本机"}},
         {"serve --config /etc/dutylog/dutylog.toml", {"as the configuration says", "按配置文件"}},
         {"serve plant.db --address 0.0.0.0 --port 8443 --certificate chain.pem --key key.pem",
          {"for the plant, with TLS", "供全厂使用，启用 TLS"}}},
        [](Arguments& arguments) -> cli::Action {
            const auto options = std::make_shared<ServeOptions>();
            arguments.place("FILE", options->log,
                            {"the log; where it is left out, log.file of the configuration",
                             "日志文件；省略时取配置中的 log.file"},
                            false);
            declare_config(arguments, options->config);
            arguments
                .option("--address", "ADDRESS", options->address,
                        {"IPv4 or IPv6 address to listen on (127.0.0.1)", "监听地址（127.0.0.1）"})
                .option("--port", "PORT", options->port,
                        {"port; 0 for any that is free (8080)", "端口；0 为任一空闲端口（8080）"})
                .option("--socket", "PATH", options->socket,
                        {"a Unix socket in place of an address", "以 Unix 套接字代替地址"})
                .option("--certificate", "FILE", options->certificate,
                        {"certificate with its chain, PEM", "证书链，PEM"})
                .option("--key", "FILE", options->key, {"its key, PEM", "私钥，PEM"})
                .option("--tokens", "FILE", options->tokens,
                        {"where tokens are kept (FILE.tokens)", "令牌文件（FILE.tokens）"})
                .option("--base-url", "URL", options->base_url,
                        {"where people reach the service, for links in messages",
                         "人员访问本服务的地址，用于消息中的链接"})
                .flag("--single-threaded", options->single_threaded,
                      {"do everything on one thread, for tests", "全部在一个线程上进行，供测试用"})
                .options("--inbound", "NAME=MAPPING,SECRETS", options->inbound,
                         {"a system that sends facts to /inbound/NAME; with its mapping and keys",
                          "向 /inbound/名称 发送事实的系统，及其映射文件与密钥文件"});
            arguments.flag(
                "--without-keys", options->without_keys,
                {"starts though the keys of people are missing", "人员密钥缺失时仍启动"});
            return [options](Session& session) { return serve(session, *options); };
        }};
}

}  // namespace dutylog::server
