#include "adapters/server/starting.hpp"

#include <fmt/format.h>

#include "adapters/cli/failure.hpp"
#include "adapters/http/tls_error.hpp"
#include "adapters/server/private_files.hpp"

namespace dutylog::server {

using cli::ExitCode;
using cli::Failure;
using cli::phrase;

namespace {

Failure unusable_keys(const char* what) {
    return Failure{ExitCode::keys,
                   phrase("the keys cannot be used: {}", "密钥无法使用：{}", what),
                   {"Put the file back from where keys are kept, or mend the line that is named.",
                    "请取回该文件，或更正所指之行。"}};
}

}  // namespace

void require_private_files(const config::Config& config, const HouseOptions& options) {
    require_private(keys::KeyFile::beside(options.log));
    require_private(keys::LinkKeys::beside(options.log));
    require_private(options.tokens);
    require_private(config.text("tls.key"), true);
    for (const InboundOption& system : options.inbound) require_private(system.secret_file);
}

std::unique_ptr<House> open_house(HouseOptions options, runtime::Runtime& runtime) {
    try {
        return std::make_unique<House>(std::move(options), runtime);
    } catch (const KeysMissing& error) {
        throw Failure{
            ExitCode::keys,
            phrase("the keys of people are missing: {}", "人员密钥缺失：{}", error.what()),
            {"Put the file back from where keys are kept apart from the log; with "
             "--without-keys the service starts and what is sealed stays unreadable.",
             "请从另行保管之处取回该文件；加 --without-keys 可照常启动，但密封内容不可读。"}};
    } catch (const InboundError& error) {
        throw Failure{ExitCode::configuration,
                      phrase("a source of facts: {}", "事实来源：{}", error.what())};
    } catch (const keys::LinkKeyError& error) {
        throw unusable_keys(error.what());
    } catch (const TokenError& error) {
        throw unusable_keys(error.what());
    }
}

std::string listen(House& house, const config::Config& config) {
    std::optional<http::TlsFiles> tls;
    if (!config.text("tls.certificate").empty())
        tls = http::TlsFiles{config.text("tls.certificate"), config.text("tls.key")};
    const std::string& address = config.text("server.address");
    const std::string& socket = config.text("server.socket");
    try {
        if (!socket.empty()) {
            house.server().listen_unix(socket);
            return socket;
        }
        const std::uint16_t port = house.server().listen_tcp(
            address, static_cast<std::uint16_t>(config.number("server.port")), tls);
        return fmt::format("{}://{}:{}", tls ? "https" : "http", address, port);
    } catch (const http::TlsError& error) {
        throw Failure{ExitCode::keys,
                      phrase("TLS cannot be used: {}", "无法使用 TLS：{}", error.what()),
                      {"`dutylog doctor` looks at the certificate and its key.",
                       "`dutylog doctor` 检查证书及其私钥。"}};
    } catch (const std::runtime_error& error) {
        throw Failure{
            ExitCode::address,
            phrase("cannot listen: {}", "无法监听：{}", error.what()),
            {"Choose another server.port or server.address, or end whoever listens there.",
             "请更改 server.port 或 server.address，或结束占用该地址的进程。"}};
    }
}

}  // namespace dutylog::server
