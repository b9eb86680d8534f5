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
#include <stdexcept>

#include "tests/bench/plain_table.hpp"
#include "tests/bench/stopwatch.hpp"

namespace dutylog::bench {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

using Answer = http::response<http::string_body>;

/// What was read off a wire, as a message of Beast.
Answer answer_of(const std::string& text) {
    Answer answer{http::status::no_content, 11};
    answer.keep_alive(true);
    if (text.empty()) return answer;
    http::response_parser<http::string_body> parser;
    error_code error;
    parser.eager(true);
    parser.put(asio::buffer(text), error);
    if (error || !parser.is_done()) throw std::runtime_error{"no whole answer: " + text};
    return parser.release();
}

asio::awaitable<void> serve(tcp::socket socket, const Answer* answer) {
    beast::tcp_stream stream{std::move(socket)};
    beast::flat_buffer buffer;
    for (;;) {
        error_code error;
        http::request<http::string_body> request;
        co_await http::async_read(stream, buffer, request,
                                  asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return;
        Answer response = *answer;
        co_await http::async_write(stream, response,
                                   asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return;
    }
}

asio::awaitable<void> accept_all(tcp::acceptor* acceptor, Answer answer) {
    for (;;) {
        error_code error;
        tcp::socket socket =
            co_await acceptor->async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error) co_return;
        socket.set_option(tcp::no_delay{true}, error);
        asio::co_spawn(co_await asio::this_coro::executor, serve(std::move(socket), &answer),
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

struct Posting {
    const std::vector<std::uint16_t>& ports;
    const std::string& body;
    std::uint64_t left;
    Marks& marks;
};

struct Connection {
    beast::tcp_stream stream;
    beast::flat_buffer buffer{};
};

asio::awaitable<void> connect(Connection* connection, std::uint16_t port) {
    const tcp::endpoint to{asio::ip::make_address("127.0.0.1"), port};
    co_await connection->stream.async_connect(to, asio::use_awaitable);
    connection->stream.socket().set_option(tcp::no_delay{true});
}

asio::awaitable<void> post_once(Connection* connection, const std::string* body) {
    http::request<http::string_body> request{http::verb::post, "/", 11};
    request.set(http::field::host, "127.0.0.1");
    request.set(http::field::content_type, "application/json");
    request.body() = *body;
    request.prepare_payload();
    co_await http::async_write(connection->stream, request, asio::use_awaitable);
    http::response<http::string_body> response;
    co_await http::async_read(connection->stream, connection->buffer, response,
                              asio::use_awaitable);
}

/// To every `step`-th receiver from `first` on, in turn.
asio::awaitable<void> post(Posting* posting, std::size_t first, std::size_t step) {
    std::list<Connection> connections;
    const auto executor = co_await asio::this_coro::executor;
    std::size_t place = first % posting->ports.size();
    do {
        Connection& made = connections.emplace_back(beast::tcp_stream{executor});
        co_await connect(&made, posting->ports[place]);
        place += step;
    } while (place < posting->ports.size());
    for (auto next = connections.begin(); posting->left > 0;) {
        --posting->left;
        co_await post_once(&*next, &posting->body);
        posting->marks.add();
        if (++next == connections.end()) next = connections.begin();
    }
}

}  // namespace

FastReceiver::FastReceiver(std::size_t count, const std::string& answer) {
    const tcp::endpoint anywhere{asio::ip::make_address("127.0.0.1"), 0};
    for (std::size_t i = 0; i < count; ++i) {
        tcp::acceptor& acceptor = acceptors_.emplace_back(context_, anywhere);
        ports_.push_back(acceptor.local_endpoint().port());
        asio::co_spawn(context_, accept_all(&acceptor, answer_of(answer)), asio::detached);
    }
    thread_ = std::thread{[this] { context_.run(); }};
}

FastReceiver::~FastReceiver() {
    context_.stop();
    thread_.join();
}

double post_plainly(const std::vector<std::uint16_t>& ports, const std::string& body,
                    std::uint64_t count, std::size_t at_once, const std::string& marks) {
    return seconds_of([&] {
        Marks table{marks};
        Posting posting{ports, body, count, table};
        asio::io_context context{1};
        for (std::size_t i = 0; i < at_once; ++i)
            asio::co_spawn(context, post(&posting, i, at_once), asio::detached);
        context.run();
        table.finish();
    });
}

}  // namespace dutylog::bench
