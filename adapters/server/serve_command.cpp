#include "adapters/server/serve_command.hpp"

#include <csignal>
#include <ctime>
#include <memory>
#include <mutex>
#include <thread>

#include "adapters/cli/failure.hpp"
#include "adapters/cli/open_log.hpp"
#include "adapters/server/house.hpp"

namespace dutylog::server {

using cli::Arguments;
using cli::ExitCode;
using cli::Failure;
using cli::phrase;
using cli::Phrase;
using cli::Session;

namespace {

constexpr Elapsed drain_grace = seconds(20);

struct ServeOptions {
    std::string log;
    std::string address = "127.0.0.1";
    std::uint64_t port = 8080;
    std::string socket;
    std::string certificate;
    std::string key;
    std::string tokens;
    std::string base_url;
    std::vector<std::string> inbound;
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

/// The signals that the service takes are waited for by one thread, and by no other.
sigset_t block_signals() {
    sigset_t signals{};
    sigemptyset(&signals);
    for (const int each : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, each);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

void listen(Session& session, House& house, const ServeOptions& options) {
    std::optional<http::TlsFiles> tls;
    if (!options.certificate.empty()) tls = http::TlsFiles{options.certificate, options.key};
    try {
        if (!options.socket.empty()) {
            house.server().listen_unix(options.socket);
            session.console.line(phrase("listening on {}", "监听 {}", options.socket));
            return;
        }
        const std::uint16_t port = house.server().listen_tcp(
            options.address, static_cast<std::uint16_t>(options.port), tls);
        session.console.line(phrase("listening on {}://{}:{}", "监听 {}://{}:{}",
                                    tls ? "https" : "http", options.address, port));
    } catch (const std::runtime_error& error) {
        throw Failure{ExitCode::usage, phrase("cannot listen: {}", "无法监听：{}", error.what())};
    }
}

void reload(Session& session, House& house) {
    try {
        house.server().reload_certificates();
        session.console.line(Phrase{"certificates were read again", "已重新读取证书"});
    } catch (const std::runtime_error& error) {
        session.console.complain(cli::Tone::warn, phrase("the certificates stay as they were: {}",
                                                         "证书保持不变：{}", error.what()));
    }
}

/// Until a signal ends the service, or the writer stops.
void wait_for_end(Session& session, House& house, const sigset_t& signals) {
    for (;;) {
        const timespec second{1, 0};
        const int signal = sigtimedwait(&signals, nullptr, &second);
        if (signal == SIGHUP) reload(session, house);
        if (signal == SIGTERM || signal == SIGINT) return house.drain(drain_grace);
        if (!house.fault().empty()) return house.drain({});
    }
}

std::unique_ptr<House> open_house(Session& session, const ServeOptions& options,
                                  std::mutex& console) {
    const std::string tokens = options.tokens.empty() ? options.log + ".tokens" : options.tokens;
    auto tell = [&session, &console](std::string_view line) {
        const std::scoped_lock lock{console};
        session.console.complain(cli::Tone::faint, phrase("{0}", "{0}", line));
    };
    return std::make_unique<House>(HouseOptions{.log = options.log,
                                                .tokens = tokens,
                                                .inbound = inbound_options(options.inbound),
                                                .base_url = options.base_url,
                                                .language = session.console.language(),
                                                .log_line = std::move(tell)},
                                   session.clocks);
}

ExitCode serve(Session& session, const ServeOptions& options) {
    if (options.port > 65'535 || options.certificate.empty() != options.key.empty())
        throw Failure{ExitCode::usage,
                      {"--port is at most 65535; --certificate and --key go together",
                       "--port 不大于 65535；--certificate 与 --key 须同时给出"}};
    cli::require_log(options.log);
    const sigset_t signals = block_signals();
    std::mutex console;  // refusals and failures are told from several threads
    const auto opened = open_house(session, options, console);
    House& house = *opened;
    listen(session, house, options);
    if (const auto token = house.first_token())
        session.console.line(phrase("the administrator's token, shown this once: {}",
                                    "管理员令牌（仅显示这一次）：{}", *token));
    session.console.flush();
    std::jthread serving{[&house] { house.run(); }};
    wait_for_end(session, house, signals);
    serving.join();
    if (house.fault().empty()) return ExitCode::fine;
    throw Failure{
        ExitCode::storage,
        phrase("the writer has stopped: {}", "写入已停止：{}", house.fault()),
        {"Start again: what was committed is read back.", "请重新启动：已提交者将被读回。"}};
}

}  // namespace

cli::Command serve_command() {
    return {
        "serve",
        cli::Group::logs,
        {"the service over one log: HTTP, deadlines as they come",
         "对一个日志提供服务：HTTP，按时触发期限"},
        {"Serves the API of docs/api.md until SIGTERM or SIGINT, then answers what it has taken "
         "and ends. SIGHUP reads the certificates again. The first start makes a token that may "
         "do everything and shows it once; tokens are kept as hashes beside the log.",
         "按 docs/api.md 提供接口，直至收到 SIGTERM 或 SIGINT，答复已接受的请求后结束。SIGHUP "
         "重新读取证书。首次启动时新建管理员令牌，仅显示一次；令牌只以哈希保存在日志旁。"},
        {{"serve plant.db", {"on this machine only", "仅限本机"}},
         {"serve plant.db --address 0.0.0.0 --port 8443 --certificate chain.pem --key key.pem",
          {"for the plant, with TLS", "供全厂使用，启用 TLS"}}},
        [](Arguments& arguments) -> cli::Action {
            const auto options = std::make_shared<ServeOptions>();
            arguments.place("FILE", options->log, {"file of the log", "日志文件"})
                .option("--address", "ADDRESS", options->address,
                        {"IPv4 or IPv6 address to listen on (127.0.0.1)", "监听地址（127.0.0.1）"})
                .number("--port", "PORT", options->port,
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
                .options("--inbound", "NAME=MAPPING,SECRETS", options->inbound,
                         {"a system that sends facts to /inbound/NAME; with its mapping and keys",
                          "向 /inbound/名称 发送事实的系统，及其映射文件与密钥文件"});
            return [options](Session& session) { return serve(session, *options); };
        }};
}

}  // namespace dutylog::server
