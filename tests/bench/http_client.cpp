#include "tests/bench/http_client.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <stdexcept>

#include "tests/bench/stopwatch.hpp"

namespace dutylog::bench {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

struct Work {
    std::uint16_t port = 0;
    std::uint64_t next = 0;
    std::uint64_t count = 0;
    const std::function<std::string(std::uint64_t)>& request;
};

asio::awaitable<void> ask(Work* work) {
    tcp::socket socket{co_await asio::this_coro::executor};
    const tcp::endpoint to{asio::ip::make_address("127.0.0.1"), work->port};
    co_await socket.async_connect(to, asio::use_awaitable);
    socket.set_option(tcp::no_delay{true});
    beast::flat_buffer buffer;
    while (work->next < work->count) {
        const std::string text = work->request(work->next++);
        co_await asio::async_write(socket, asio::buffer(text), asio::use_awaitable);
        http::response<http::string_body> answer;
        co_await http::async_read(socket, buffer, answer, asio::use_awaitable);
        if (answer.result() != http::status::ok)
            throw std::runtime_error{"an answer is not 200: " + answer.body()};
    }
}

}  // namespace

double ask_over(std::uint16_t port, std::size_t connections, std::uint64_t count,
                const std::function<std::string(std::uint64_t number)>& request) {
    Work work{port, 0, count, request};
    asio::io_context context{1};
    std::exception_ptr failure;
    for (std::size_t i = 0; i < connections; ++i)
        asio::co_spawn(context, ask(&work), [&](const std::exception_ptr& thrown) {
            if (thrown) failure = thrown;
        });
    const double seconds = seconds_of([&] { context.run(); });
    if (failure) std::rethrow_exception(failure);
    return seconds;
}

}  // namespace dutylog::bench
