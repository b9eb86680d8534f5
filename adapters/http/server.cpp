#include "adapters/http/server.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <list>
#include <stdexcept>
#include <vector>

#include "adapters/http/crowd.hpp"
#include "adapters/http/session.hpp"
#include "adapters/http/socket_stream.hpp"
#include "adapters/http/tls.hpp"

namespace dutylog::http {

namespace asio = boost::asio;
using asio::awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using local = asio::local::stream_protocol;

namespace {

constexpr auto outcome = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds accept_pause{100};

[[noreturn]] void fail(const std::string& what, const error_code& error) {
    throw std::runtime_error{what + ": " + error.message()};
}

Response plain_refusal(const Refusal& refusal) {
    return text_response(refusal.status, "text/plain", std::string{refusal.detail} + "\n");
}

std::string key_of(const asio::ip::address& address) {
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        return crowd_key(bytes.data(), bytes.size());
    }
    const auto bytes = address.to_v6().to_bytes();
    return crowd_key(bytes.data(), bytes.size());
}

/// Takes away a socket file behind which nobody listens any more.
void clear_stale_socket(const std::string& path) {
    struct stat found{};
    if (lstat(path.c_str(), &found) != 0) return;
    if (!S_ISSOCK(found.st_mode)) throw std::runtime_error{path + ": is there and is no socket"};
    asio::io_context context;
    local::socket probe{context};
    error_code error;
    probe.connect(local::endpoint{path}, error);
    if (!error) throw std::runtime_error{path + ": somebody listens there already"};
    unlink(path.c_str());
}

}  // namespace

class Server::Body {
public:
    Body(Service& service, runtime::Runtime& runtime, ServerOptions options)
        : runtime_{runtime},
          tick_{options.tick},
          setting_{service,
                   runtime,
                   options.request,
                   options.connection,
                   options.heartbeat,
                   counts_,
                   options.refusal ? std::move(options.refusal) : plain_refusal},
          crowd_{options.connection},
          stays_{asio::make_work_guard(context_)},
          timer_{asio::make_strand(context_)} {
        asio::co_spawn(timer_.get_executor(), watch(), asio::detached);
    }
    ~Body() {
        drain({0});
        // Sessions end on their executors; what they wait for ends with their sockets.
        while (!crowd_.empty() && context_.poll() > 0) {
        }
        crowd_.forget();  // who still waits for an answer
        for (const std::string& path : socket_files_) unlink(path.c_str());
    }

    std::uint16_t listen_tcp(const std::string& address, std::uint16_t port,
                             const std::optional<TlsFiles>& files) {
        error_code error;
        const auto parsed = asio::ip::make_address(address, error);
        if (error) fail(fmt::format("address {}", address), error);
        TlsContext* tls = files ? &tls_.emplace_back(*files) : nullptr;
        auto acceptor = std::make_shared<tcp::acceptor>(asio::make_strand(context_));
        open(*acceptor, tcp::endpoint{parsed, port}, fmt::format("{} port {}", address, port));
        const std::uint16_t bound = acceptor->local_endpoint().port();
        closers_.push_back([acceptor] { close(acceptor); });
        asio::co_spawn(acceptor->get_executor(), accept_tcp(acceptor, tls), asio::detached);
        return bound;
    }

    void listen_unix(const std::string& path, unsigned mode) {
        clear_stale_socket(path);
        auto acceptor = std::make_shared<local::acceptor>(asio::make_strand(context_));
        open(*acceptor, local::endpoint{path}, path);
        socket_files_.push_back(path);
        if (chmod(path.c_str(), mode) != 0)
            fail(path, error_code{errno, boost::system::system_category()});
        closers_.push_back([acceptor] { close(acceptor); });
        asio::co_spawn(acceptor->get_executor(), accept_unix(acceptor), asio::detached);
    }

    void run() { context_.run(); }
    bool poll() { return context_.poll() > 0; }
    bool has_ended() const { return context_.stopped(); }

    void drain(Elapsed grace) {
        cut_off_ = std::min(cut_off_.load(), runtime_.monotonic().micros + grace.micros);
        if (draining_.exchange(true)) return wake_watch();
        for (const auto& close : closers_) close();
        for (const auto& session : crowd_.all()) session->drain();
        wake_watch();
    }
    bool is_draining() const { return draining_; }

    void reload_certificates() {
        for (TlsContext& tls : tls_) tls.reload();
    }

    Counts& counts() { return counts_; }

private:
    template <class Acceptor, class Endpoint>
    void open(Acceptor& acceptor, const Endpoint& endpoint, const std::string& name) {
        error_code error;
        acceptor.open(endpoint.protocol(), error);
        if (!error) acceptor.set_option(asio::socket_base::reuse_address{true}, error);
        if (!error) acceptor.bind(endpoint, error);
        if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error) fail(name, error);
    }

    template <class Acceptor>
    static void close(const std::shared_ptr<Acceptor>& acceptor) {
        asio::post(acceptor->get_executor(), [acceptor] {
            error_code closed;
            acceptor->close(closed);
        });
    }

    awaitable<void> accept_tcp(std::shared_ptr<tcp::acceptor> acceptor, TlsContext* tls) {
        while (acceptor->is_open()) {
            auto [error, socket] =
                co_await acceptor->async_accept(asio::make_strand(context_), outcome);
            if (error) {
                co_await rest_after(error);
                continue;
            }
            const auto remote = socket.remote_endpoint(error);
            auto place = error ? nullptr : crowd_.place_for(key_of(remote.address()));
            Peer peer{remote.address().to_string(), false, tls != nullptr};
            auto stream = tls == nullptr ? tcp_stream(std::move(socket))
                                         : tls_stream(std::move(socket), tls->current());
            start(std::move(stream), std::move(peer), std::move(place));
        }
    }

    awaitable<void> accept_unix(std::shared_ptr<local::acceptor> acceptor) {
        while (acceptor->is_open()) {
            auto [error, socket] =
                co_await acceptor->async_accept(asio::make_strand(context_), outcome);
            if (error) {
                co_await rest_after(error);
                continue;
            }
            start(unix_stream(std::move(socket)), Peer{"", true, false}, crowd_.place_for(""));
        }
    }

    /// When the process has no more files, trying again at once would only burn time.
    awaitable<void> rest_after(error_code error) {
        if (error == asio::error::operation_aborted) co_return;
        asio::steady_timer pause{co_await asio::this_coro::executor, accept_pause};
        co_await pause.async_wait(outcome);
    }

    void start(std::unique_ptr<ByteStream> stream, Peer peer, std::shared_ptr<void> place) {
        if (place == nullptr || draining_) {
            ++counts_.turned_away;
            return stream->close();
        }
        ++counts_.connections;
        ++counts_.open;
        const auto executor = stream->executor();
        auto session = std::make_shared<Session>(std::move(stream), std::move(peer), setting_);
        crowd_.enter(session);
        if (draining_) session->drain();
        auto ended = [this, session, place](const std::exception_ptr&) {
            crowd_.leave(session);
            --counts_.open;
            if (draining_) wake_watch();
        };
        asio::co_spawn(executor, session->run(), std::move(ended));
    }

    /// Looks after time limits, and in the end lets `run` return.
    awaitable<void> watch() {
        bool was_cut = false;
        for (;;) {
            timer_.expires_after(std::chrono::microseconds{tick_.micros});
            co_await timer_.async_wait(outcome);
            const Elapsed now = runtime_.monotonic();
            const bool cut = draining_ && now.micros >= cut_off_;
            for (const auto& session : crowd_.all()) cut ? session->kill() : session->look_at(now);
            // A request whose answer never comes does not hold the server up for ever.
            if (draining_ && (crowd_.empty() || was_cut)) break;
            was_cut = cut;
        }
        stays_.reset();
        if (!crowd_.empty()) context_.stop();  // they count as work, and would keep `run` going
    }

    void wake_watch() {
        asio::post(timer_.get_executor(), [this] { timer_.cancel(); });
    }

    runtime::Runtime& runtime_;
    Elapsed tick_;
    Counts counts_;
    SessionSetting setting_;
    std::list<TlsContext> tls_;
    Crowd crowd_;
    asio::io_context context_;
    asio::executor_work_guard<asio::io_context::executor_type> stays_;
    asio::steady_timer timer_;
    std::vector<std::function<void()>> closers_;
    std::vector<std::string> socket_files_;
    std::atomic<bool> draining_{false};
    std::atomic<std::int64_t> cut_off_{INT64_MAX};
};

Server::Server(Service& service, runtime::Runtime& runtime, ServerOptions options)
    : body_{std::make_unique<Body>(service, runtime, std::move(options))} {}
Server::~Server() = default;

std::uint16_t Server::listen_tcp(const std::string& address, std::uint16_t port,
                                 const std::optional<TlsFiles>& tls) {
    return body_->listen_tcp(address, port, tls);
}
void Server::listen_unix(const std::string& path, unsigned mode) { body_->listen_unix(path, mode); }
void Server::run() { body_->run(); }
bool Server::poll() { return body_->poll(); }
bool Server::has_ended() const { return body_->has_ended(); }
void Server::drain(Elapsed grace) { body_->drain(grace); }
bool Server::is_draining() const { return body_->is_draining(); }
void Server::reload_certificates() { body_->reload_certificates(); }
const Counts& Server::counts() const { return body_->counts(); }

}  // namespace dutylog::http
