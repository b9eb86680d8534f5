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

#include "adapters/channels/exchange.hpp"

namespace dutylog::channels {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
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

asio::awaitable<Sent> over_tls(Endpoints to, EndpointAddress address, HttpMessage message,
                               asio::ssl::context* tls, Deadline connected_by, Deadline done_by) {
    beast::ssl_stream<beast::tcp_stream> stream{co_await asio::this_coro::executor, *tls};
    stream.set_verify_mode(asio::ssl::verify_peer);
    stream.set_verify_callback(asio::ssl::host_name_verification{address.host});
    if (!address.literal) SSL_set_tlsext_host_name(stream.native_handle(), address.host.c_str());
    auto& socket = beast::get_lowest_layer(stream);
    error_code error;
    socket.expires_at(connected_by);
    co_await socket.async_connect(to, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return no_answer("connecting", error);
    co_await stream.async_handshake(asio::ssl::stream_base::client,
                                    asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return no_answer("the TLS handshake", error);
    socket.expires_at(done_by);
    co_return co_await exchange(&stream, std::move(message));
}

asio::awaitable<Sent> over_tcp(Endpoints to, HttpMessage message, Deadline connected_by,
                               Deadline done_by) {
    beast::tcp_stream stream{co_await asio::this_coro::executor};
    error_code error;
    stream.expires_at(connected_by);
    co_await stream.async_connect(to, asio::redirect_error(asio::use_awaitable, error));
    if (error) co_return no_answer("connecting", error);
    stream.expires_at(done_by);
    co_return co_await exchange(&stream, std::move(message));
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
    const auto to = co_await judged_endpoints(*address, allowed);
    if (!to) co_return std::unexpected{to.error()};
    HttpMessage message = message_of(request, *address);
    if (!address->tls) co_return co_await over_tcp(*to, std::move(message), connected_by, done_by);
    co_return co_await over_tls(*to, *address, std::move(message), tls, connected_by, done_by);
}

}  // namespace dutylog::channels
