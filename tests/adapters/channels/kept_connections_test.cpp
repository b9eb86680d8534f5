#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <catch2/catch.hpp>
#include <thread>

#include "adapters/channels/sender.hpp"

using namespace dutylog;
using namespace dutylog::channels;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// Takes connections on this machine, one after the other, and answers so many requests on each
/// before it closes it.
class Receiver {
public:
    Receiver(std::vector<int> requests, std::string answer)
        : acceptor_{context_, {asio::ip::make_address("127.0.0.1"), 0}},
          thread_{[this, requests = std::move(requests), answer = std::move(answer)] {
              for (const int count : requests) serve(count, answer);
          }} {}
    ~Receiver() { thread_.join(); }
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    std::string port() const { return std::to_string(acceptor_.local_endpoint().port()); }

private:
    void serve(int count, const std::string& answer) {
        tcp::socket socket{context_};
        acceptor_.accept(socket);
        asio::streambuf buffer;
        boost::system::error_code error;
        for (int i = 0; i < count; ++i) {
            const std::size_t head = asio::read_until(socket, buffer, "\r\n\r\n{}", error);
            if (error) return;
            buffer.consume(head);
            asio::write(socket, asio::buffer(answer), error);
        }
    }

    asio::io_context context_;
    tcp::acceptor acceptor_;
    std::thread thread_;
};

/// Statuses of so many requests, one after the other; 0 where there was no answer.
std::vector<unsigned> statuses(const std::string& port, int count) {
    asio::io_context context;
    asio::ssl::context tls = sender_tls();
    Sender sender{{{*notice::parse_ip_network("127.0.0.1")}, {"127.0.0.1"}}, tls};
    std::vector<unsigned> all;
    for (int i = 0; i < count; ++i) {
        auto result = asio::co_spawn(
            context, sender.send(json_request("http://127.0.0.1:" + port + "/", "{}")),
            asio::use_future);
        context.restart();
        context.run();
        const auto sent = result.get();
        all.push_back(sent ? sent->status : 0);
    }
    sender.close();
    return all;
}

const std::string fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

}  // namespace

TEST_CASE("the next request to a receiver goes over the connection of the one before",
          "[channels][sender]") {
    Receiver receiver{{3}, fine};  // a second connection would not be taken
    CHECK(statuses(receiver.port(), 3) == std::vector<unsigned>{200, 200, 200});
}

TEST_CASE("a kept connection that was closed meanwhile is replaced", "[channels][sender]") {
    Receiver receiver{{2, 1}, fine};
    CHECK(statuses(receiver.port(), 3) == std::vector<unsigned>{200, 200, 200});
}

TEST_CASE("a connection that its receiver will close is not kept", "[channels][sender]") {
    Receiver receiver{{1, 1}, "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"};
    CHECK(statuses(receiver.port(), 2) == std::vector<unsigned>{200, 200});
}

TEST_CASE("more of an answer than its head has said spoils the connection", "[channels][sender]") {
    Receiver receiver{{1, 1}, fine + "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"};
    CHECK(statuses(receiver.port(), 2) == std::vector<unsigned>{200, 200});
}
