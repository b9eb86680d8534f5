#include "adapters/http/socket_stream.hpp"

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace dutylog::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto outcome = asio::as_tuple(asio::use_awaitable);

template <class Stream>
asio::awaitable<std::size_t> read_some(Stream& stream, std::span<char> space) {
    const auto buffer = asio::buffer(space.data(), space.size());
    const auto [error, count] = co_await stream.async_read_some(buffer, outcome);
    co_return error ? 0 : count;
}

template <class Stream>
asio::awaitable<bool> write_all(Stream& stream, std::string_view first, std::string_view second) {
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(first), asio::buffer(second)};
    const auto [error, count] = co_await asio::async_write(stream, buffers, outcome);
    co_return !error && count == first.size() + second.size();
}

template <class Socket>
class PlainStream final : public ByteStream {
public:
    explicit PlainStream(Socket socket) : socket_{std::move(socket)} {}

    asio::any_io_executor executor() override { return socket_.get_executor(); }
    asio::awaitable<bool> open() override { co_return true; }
    asio::awaitable<std::size_t> read(std::span<char> space) override {
        return read_some(socket_, space);
    }
    asio::awaitable<bool> write(std::string_view first, std::string_view second) override {
        return write_all(socket_, first, second);
    }
    asio::awaitable<void> finish_sending() override {
        error_code gone;  // the other end was faster
        socket_.shutdown(Socket::shutdown_send, gone);
        co_return;
    }
    void abort() noexcept override {
        error_code closed;
        socket_.cancel(closed);
    }
    void close() noexcept override {
        error_code closed;
        socket_.close(closed);
    }

private:
    Socket socket_;
};

class TlsStream final : public ByteStream {
public:
    TlsStream(tcp::socket socket, std::shared_ptr<asio::ssl::context> context)
        : context_{std::move(context)}, stream_{std::move(socket), *context_} {}

    asio::any_io_executor executor() override { return stream_.get_executor(); }
    asio::awaitable<bool> open() override {
        const auto [error] =
            co_await stream_.async_handshake(asio::ssl::stream_base::server, outcome);
        co_return !error;
    }
    asio::awaitable<std::size_t> read(std::span<char> space) override {
        return read_some(stream_, space);
    }
    asio::awaitable<bool> write(std::string_view first, std::string_view second) override {
        return write_all(stream_, first, second);
    }
    /// Waits for the other end to agree, so that it knows nothing was cut off.
    asio::awaitable<void> finish_sending() override {
        [[maybe_unused]] const auto [gone] = co_await stream_.async_shutdown(outcome);
    }
    void abort() noexcept override {
        error_code closed;
        stream_.next_layer().cancel(closed);
    }
    void close() noexcept override {
        error_code closed;
        stream_.next_layer().close(closed);
    }

private:
    std::shared_ptr<asio::ssl::context> context_;
    asio::ssl::stream<tcp::socket> stream_;
};

}  // namespace

std::unique_ptr<ByteStream> tcp_stream(tcp::socket socket) {
    error_code old_kernel;  // an answer then only goes out later
    socket.set_option(tcp::no_delay{true}, old_kernel);
    return std::make_unique<PlainStream<tcp::socket>>(std::move(socket));
}

std::unique_ptr<ByteStream> unix_stream(asio::local::stream_protocol::socket socket) {
    return std::make_unique<PlainStream<asio::local::stream_protocol::socket>>(std::move(socket));
}

std::unique_ptr<ByteStream> tls_stream(tcp::socket socket,
                                       std::shared_ptr<asio::ssl::context> context) {
    error_code old_kernel;
    socket.set_option(tcp::no_delay{true}, old_kernel);
    return std::make_unique<TlsStream>(std::move(socket), std::move(context));
}

}  // namespace dutylog::http
