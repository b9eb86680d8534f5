#pragma once

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "adapters/clock/system_runtime.hpp"
#include "adapters/http/server.hpp"

namespace dutylog::test {

/// A service that a test makes of a function. It takes bodies up to 256 KiB.
class FunctionService final : public http::Service {
public:
    using Serve = std::function<void(http::Request, http::Reply)>;
    explicit FunctionService(Serve serve) : serve_{std::move(serve)} {}

    http::Admission admit(const http::Head&, const http::Peer&) override {
        return http::Admitted{.body_bytes_max = 256 * 1024};
    }
    void serve(http::Request request, http::Reply reply) override {
        serve_(std::move(request), std::move(reply));
    }

private:
    Serve serve_;
};

/// Answers with the request line as it was understood, and the body.
inline void echo(http::Request request, http::Reply reply) {
    std::string text{http::name_of(request.head.method)};
    text += " " + request.head.target + "\n" + request.body;
    reply(http::text_response(200, "text/plain", std::move(text)));
}

/// Times that let a slow client be seen in a test's patience.
inline http::ServerOptions quick_options() {
    http::ServerOptions options;
    options.connection.first_byte_time = {400'000};
    options.connection.head_time = {300'000};
    options.connection.body_time = {300'000};
    options.connection.idle_time = {300'000};
    options.connection.write_time = {500'000};
    options.connection.linger_time = {200'000};
    options.heartbeat = {100'000};
    options.tick = {20'000};
    return options;
}

/// A server on a free port of 127.0.0.1, served by threads of its own until it goes away.
class RunningServer {
public:
    explicit RunningServer(http::Service& service, http::ServerOptions options = quick_options(),
                           int threads = 2)
        : server_{service, runtime_, std::move(options)},
          port_{server_.listen_tcp("127.0.0.1", 0)} {
        for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { server_.run(); });
    }
    ~RunningServer() {
        server_.drain({});
        for (std::thread& thread : threads_) thread.join();
    }
    RunningServer(const RunningServer&) = delete;
    RunningServer& operator=(const RunningServer&) = delete;

    http::Server& operator*() { return server_; }
    http::Server* operator->() { return &server_; }
    std::uint16_t port() const { return port_; }

private:
    clock::SystemRuntime runtime_;
    http::Server server_;
    std::uint16_t port_;
    std::vector<std::thread> threads_;
};

}  // namespace dutylog::test
