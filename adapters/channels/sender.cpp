#include "adapters/channels/sender.hpp"

#include <openssl/ssl.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <variant>
#include <vector>

#include "adapters/channels/exchange.hpp"

namespace dutylog::channels {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using notice::EndpointAddress;
using notice::IpAddress;
using Deadline = std::chrono::steady_clock::time_point;
using Endpoints = std::vector<tcp::endpoint>;

IpAddress plain(const asio::ip::address& address) {
    IpAddress result;
    result.v6 = address.is_v6();
    if (result.v6) {
        result.bytes = address.to_v6().to_bytes();
    } else {
        const auto bytes = address.to_v4().to_bytes();
        std::copy(bytes.begin(), bytes.end(), result.bytes.begin());
    }
    return result;
}

tcp::endpoint endpoint_of(const IpAddress& address, std::uint16_t port) {
    return {asio::ip::make_address(notice::to_string(address)), port};
}

/// Every address of the name: they were all judged good, and they are tried in this order.
asio::awaitable<std::expected<Endpoints, Outcome>> judged_endpoints(EndpointAddress address,
                                                                    notice::AllowList allowed) {
    if (address.literal) co_return Endpoints{endpoint_of(*address.literal, address.port)};
    tcp::resolver resolver{co_await asio::this_coro::executor};
    error_code error;
    const auto found =
        co_await resolver.async_resolve(address.host, std::to_string(address.port),
                                        asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return no_answer("resolving", error);
    std::vector<IpAddress> all;
    for (const auto& entry : found) all.push_back(plain(entry.endpoint().address()));
    const auto chosen = notice::choose_address(all, allowed);
    if (!chosen) co_return std::unexpected{broken(chosen.error().reason, chosen.error().detail)};
    Endpoints endpoints;
    for (const IpAddress& one : all) endpoints.push_back(endpoint_of(one, address.port));
    co_return endpoints;
}

using TcpStream = beast::tcp_stream;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using Stream = std::variant<TcpStream, TlsStream>;
using Opened = std::expected<std::unique_ptr<Stream>, Outcome>;

TcpStream& socket_of(Stream& stream) {
    if (auto* tls = std::get_if<TlsStream>(&stream)) return beast::get_lowest_layer(*tls);
    return std::get<TcpStream>(stream);
}

asio::awaitable<Opened> opened(EndpointAddress address, notice::AllowList allowed,
                               asio::ssl::context* tls, Deadline by) {
    const auto to = co_await judged_endpoints(address, allowed);
    if (!to) co_return std::unexpected{to.error()};
    const auto executor = co_await asio::this_coro::executor;
    auto stream = address.tls
                      ? std::make_unique<Stream>(std::in_place_type<TlsStream>, executor, *tls)
                      : std::make_unique<Stream>(std::in_place_type<TcpStream>, executor);
    TcpStream& socket = socket_of(*stream);
    error_code error;
    socket.expires_at(by);
    co_await socket.async_connect(*to, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return no_answer("connecting", error);
    socket.socket().set_option(tcp::no_delay{true}, error);
    if (!address.tls) co_return stream;
    auto& secure = std::get<TlsStream>(*stream);
    secure.set_verify_mode(asio::ssl::verify_peer);
    secure.set_verify_callback(asio::ssl::host_name_verification{address.host});
    if (!address.literal) SSL_set_tlsext_host_name(secure.native_handle(), address.host.c_str());
    co_await secure.async_handshake(asio::ssl::stream_base::client,
                                    asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return no_answer("the TLS handshake", error);
    co_return stream;
}

asio::awaitable<Exchanged> exchanged(Stream* stream, HttpMessage message, Deadline by) {
    socket_of(*stream).expires_at(by);
    if (auto* tls = std::get_if<TlsStream>(stream))
        co_return co_await exchange_over(tls, std::move(message));
    co_return co_await exchange_over(&std::get<TcpStream>(*stream), std::move(message));
}

std::chrono::microseconds duration(Elapsed time) { return std::chrono::microseconds{time.micros}; }

}  // namespace

asio::ssl::context sender_tls(const std::string& authorities) {
    asio::ssl::context context{asio::ssl::context::tls_client};
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    if (authorities.empty())
        context.set_default_verify_paths();
    else
        context.load_verify_file(authorities);
    return context;
}

asio::awaitable<Sent> send_once(HttpRequest request, notice::AllowList allowed,
                                asio::ssl::context* tls, SenderLimits limits) {
    const Deadline start = std::chrono::steady_clock::now();
    const Deadline connected_by = start + duration(limits.connect_time_max);
    const Deadline done_by = start + duration(limits.time_max);
    const auto address = notice::parse_endpoint_address(request.url.reveal(), allowed);
    if (!address) co_return std::unexpected{broken(address.error().reason, address.error().detail)};
    auto stream = co_await opened(*address, allowed, tls, connected_by);
    if (!stream) co_return std::unexpected{stream.error()};
    Exchanged done = co_await exchanged(stream->get(), message_of(request, *address), done_by);
    co_return std::move(done.sent);
}

/// Open streams that nobody uses, by receiver; the one used last is taken first.
class Sender::Connections {
public:
    explicit Connections(Kept limits) : limits_{limits} {}

    struct Open {
        std::unique_ptr<Stream> stream;
        Deadline made;
        Deadline idle_since;
    };

    std::optional<Open> take(const std::string& receiver, Deadline now) {
        const auto found = open_.find(receiver);
        if (found == open_.end()) return std::nullopt;
        while (!found->second.empty()) {
            Open last = std::move(found->second.back());
            found->second.pop_back();
            --count_;
            const bool fresh = now - last.idle_since < duration(limits_.idle_time_max) &&
                               now - last.made < duration(limits_.age_max);
            if (fresh) return last;
        }
        open_.erase(found);
        return std::nullopt;
    }

    void keep(const std::string& receiver, Open open) {
        if (count_ >= limits_.connections_max) drop_idle(open.idle_since);
        auto& kept = open_[receiver];
        if (count_ >= limits_.connections_max || kept.size() >= limits_.per_receiver_max) return;
        socket_of(*open.stream).expires_never();
        kept.push_back(std::move(open));
        ++count_;
    }

    void close() {
        open_.clear();
        count_ = 0;
    }

private:
    void drop_idle(Deadline now) {
        for (auto& [receiver, kept] : open_)
            count_ -= std::erase_if(kept, [&](const Open& open) {
                return now - open.idle_since >= duration(limits_.idle_time_max);
            });
        std::erase_if(open_, [](const auto& entry) { return entry.second.empty(); });
    }

    Kept limits_;
    std::map<std::string, std::vector<Open>> open_;
    std::size_t count_ = 0;
};

Sender::Sender(notice::AllowList allowed, asio::ssl::context& tls, SenderLimits limits, Kept kept)
    : allowed_{std::move(allowed)},
      tls_{tls},
      limits_{limits},
      connections_{std::make_unique<Connections>(kept)} {}

Sender::Sender(notice::AllowList allowed, asio::ssl::context& tls)
    : Sender{std::move(allowed), tls, SenderLimits{}, Kept{}} {}

Sender::~Sender() = default;

void Sender::close() { connections_->close(); }

asio::awaitable<Sent> Sender::send(HttpRequest request) {
    const Deadline start = std::chrono::steady_clock::now();
    const Deadline done_by = start + duration(limits_.time_max);
    const auto address = notice::parse_endpoint_address(request.url.reveal(), allowed_);
    if (!address) co_return std::unexpected{broken(address.error().reason, address.error().detail)};
    const std::string receiver =
        (address->tls ? "tls " : "tcp ") + address->host + ":" + std::to_string(address->port);
    HttpMessage message = message_of(request, *address);
    message.erase(http::field::connection);
    if (auto kept = connections_->take(receiver, start)) {
        Exchanged done = co_await exchanged(kept->stream.get(), message, done_by);
        if (done.reusable) {
            kept->idle_since = std::chrono::steady_clock::now();
            connections_->keep(receiver, std::move(*kept));
        }
        if (!done.untouched) co_return std::move(done.sent);
    }
    const Deadline made = std::chrono::steady_clock::now();
    const Deadline connected_by = std::min(done_by, made + duration(limits_.connect_time_max));
    auto stream = co_await opened(*address, allowed_, &tls_, connected_by);
    if (!stream) co_return std::unexpected{stream.error()};
    Exchanged done = co_await exchanged(stream->get(), std::move(message), done_by);
    if (done.reusable)
        connections_->keep(receiver, {std::move(*stream), made, std::chrono::steady_clock::now()});
    co_return std::move(done.sent);
}

}  // namespace dutylog::channels
