#include "tests/bench/receiver.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <mutex>

#include "tests/bench/plain_table.hpp"
#include "tests/bench/stopwatch.hpp"

namespace dutylog::bench {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

asio::awaitable<void> serve(tcp::socket socket) {
    beast::tcp_stream stream{std::move(socket)};
    beast::flat_buffer buffer;
    for (;;) {
        error_code error;
        http::request<http::string_body> request;
        co_await http::async_read(stream, buffer, request,
                                  asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return;
        http::response<http::empty_body> response{http::status::no_content, 11};
        response.keep_alive(true);
        co_await http::async_write(stream, response,
                                   asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return;
    }
}

asio::awaitable<void> accept_all(tcp::acceptor* acceptor) {
    for (;;) {
        error_code error;
        tcp::socket socket =
            co_await acceptor->async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return;
        socket.set_option(tcp::no_delay{true}, error);
        asio::co_spawn(co_await asio::this_coro::executor, serve(std::move(socket)),
                       asio::detached);
    }
}

/// Marks what was delivered, one transaction after the other.
class Marks {
public:
    explicit Marks(const std::string& path) : table_{path}, thread_{[this] { work(); }} {}

    void add() {
        const std::scoped_lock lock{mutex_};
        ++waiting_;
        wake_.notify_one();
    }
    void finish() {
        {
            const std::scoped_lock lock{mutex_};
            ended_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }

private:
    void work() {
        const Row mark{Bytes(120, 1), Bytes(80, 2)};
        for (;;) {
            std::size_t count = 0;
            {
                std::unique_lock lock{mutex_};
                wake_.wait(lock, [this] { return ended_ || waiting_ > 0; });
                count = std::exchange(waiting_, 0);
                if (count == 0) return;
            }
            table_.insert(std::vector<Row>(count, mark));
        }
    }

    PlainTable table_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::size_t waiting_ = 0;
    bool ended_ = false;
    std::thread thread_;
};

asio::awaitable<void> post(std::uint16_t port, const std::string* body, std::uint64_t* left,
                           Marks* marks) {
    beast::tcp_stream stream{co_await asio::this_coro::executor};
    const tcp::endpoint to{asio::ip::make_address("127.0.0.1"), port};
    co_await stream.async_connect(to, asio::use_awaitable);
    stream.socket().set_option(tcp::no_delay{true});
    beast::flat_buffer buffer;
    while (*left > 0) {
        --*left;
        http::request<http::string_body> request{http::verb::post, "/", 11};
        request.set(http::field::host, "127.0.0.1");
        request.set(http::field::content_type, "application/json");
        request.body() = *body;
        request.prepare_payload();
        co_await http::async_write(stream, request, asio::use_awaitable);
        http::response<http::string_body> response;
        co_await http::async_read(stream, buffer, response, asio::use_awaitable);
        marks->add();
    }
}

}  // namespace

FastReceiver::FastReceiver()
    : acceptor_{context_, {asio::ip::make_address("127.0.0.1"), 0}}, thread_{[this] {
          asio::co_spawn(context_, accept_all(&acceptor_), asio::detached);
          context_.run();
      }} {}

FastReceiver::~FastReceiver() {
    context_.stop();
    thread_.join();
}

double post_plainly(std::uint16_t port, const std::string& body, std::uint64_t count,
                    std::size_t connections, const std::string& marks) {
    return seconds_of([&] {
        Marks table{marks};
        asio::io_context context{1};
        for (std::size_t i = 0; i < connections; ++i)
            asio::co_spawn(context, post(port, &body, &count, &table), asio::detached);
        context.run();
        table.finish();
    });
}

}  // namespace dutylog::bench
