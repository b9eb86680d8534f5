#include "adapters/channels/sender.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/asio/write.hpp>
#include <future>
#include <thread>

#include "tests/adapters/channels/expect.hpp"
#include "tests/adapters/channels/sample.hpp"
#include "tests/adapters/http/test_certificate.hpp"

using namespace dutylog;
using namespace dutylog::channels;
using dutylog::channels::expect::words_of;
namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// Takes one connection on this machine, keeps what came up to the blank line, answers some bytes
/// and closes, or keeps still where there are none.
class Receiver {
public:
    explicit Receiver(std::string answer, asio::ssl::context* tls = nullptr)
        : answer_{std::move(answer)},
          acceptor_{context_, {asio::ip::make_address("127.0.0.1"), 0}},
          thread_{[this, tls] { run(tls); }} {}
    ~Receiver() {
        stop_.set_value();
        thread_.join();
    }
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    std::string port() const { return std::to_string(acceptor_.local_endpoint().port()); }
    const std::string& request() const { return request_; }

private:
    void run(asio::ssl::context* tls) {
        boost::system::error_code error;
        tcp::socket socket{context_};
        acceptor_.accept(socket, error);
        if (tls == nullptr) return serve(socket);
        asio::ssl::stream<tcp::socket> stream{std::move(socket), *tls};
        stream.handshake(asio::ssl::stream_base::server, error);
        if (!error) serve(stream);
    }
    template <class Stream>
    void serve(Stream& stream) {
        boost::system::error_code error;
        asio::streambuf buffer;
        asio::read_until(stream, buffer, "\r\n\r\n", error);
        request_.assign(asio::buffers_begin(buffer.data()), asio::buffers_end(buffer.data()));
        if (answer_.empty()) return stop_.get_future().wait();
        asio::write(stream, asio::buffer(answer_), error);
    }

    std::string answer_;
    std::string request_;
    std::promise<void> stop_;
    asio::io_context context_;
    tcp::acceptor acceptor_;
    std::thread thread_;
};

notice::AllowList this_machine() {
    return {{*notice::parse_ip_network("127.0.0.1"), *notice::parse_ip_network("::1")},
            {"127.0.0.1", "localhost"}};
}

std::expected<HttpAnswer, Outcome> send(std::string url, asio::ssl::context* tls = nullptr,
                                        notice::AllowList allowed = this_machine(),
                                        SenderLimits limits = {}) {
    static asio::ssl::context usual = sender_tls();
    asio::io_context context;
    HttpRequest request = json_request(std::move(url), R"({"a":1})");
    auto result =
        asio::co_spawn(context, send_once(std::move(request), allowed, tls ? tls : &usual, limits),
                       asio::use_future);
    context.run();
    return result.get();
}

std::string failure(const std::expected<HttpAnswer, Outcome>& sent) {
    return sent ? "answered " + std::to_string(sent->status) : words_of(sent.error());
}

constexpr const char* fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nRetry-After: 7\r\n\r\nok";

}  // namespace

TEST_CASE("a request reaches its receiver and the answer comes back", "[channels][sender]") {
    std::string seen;
    {
        Receiver receiver{fine};
        const auto sent = send("http://127.0.0.1:" + receiver.port() + "/in?key=a%20b");
        REQUIRE(sent);
        CHECK(sent->status == 200);
        CHECK(sent->body == "ok");
        CHECK(sent->header("retry-after") == "7");
        seen = receiver.request();
        CHECK(seen.starts_with("POST /in?key=a%20b HTTP/1.1\r\nHost: 127.0.0.1:" + receiver.port() +
                               "\r\n"));
    }
    CHECK(seen.find("Content-Type: application/json; charset=utf-8\r\n") != std::string::npos);
    CHECK(seen.find("Content-Length: 7\r\n") != std::string::npos);
}

TEST_CASE("a redirect is an answer and is not followed", "[channels][sender]") {
    Receiver elsewhere{fine};
    Receiver receiver{"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + elsewhere.port() +
                      "/\r\nContent-Length: 0\r\n\r\n"};
    CHECK(failure(send("http://127.0.0.1:" + receiver.port())) == "answered 302");
    CHECK(elsewhere.request().empty());
    (void)send("http://127.0.0.1:" + elsewhere.port());  // lets it end
}

TEST_CASE("no more than 64 KiB of an answer are read", "[channels][sender]") {
    for (const auto* head : {"HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n",
                             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n30d40\r\n"}) {
        Receiver receiver{head + std::string(200'000, 'x') + "\r\n0\r\n\r\n"};
        const auto sent = send("http://127.0.0.1:" + receiver.port());
        REQUIRE(sent);
        CHECK(sent->status == 200);
        CHECK(sent->body.size() <= answer_bytes_max);
    }
}

TEST_CASE("what is no answer is tried again", "[channels][sender]") {
    for (const auto* answer :
         {"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", "nonsense\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"}) {
        Receiver receiver{answer};
        CHECK(failure(send("http://127.0.0.1:" + receiver.port())) == "retry no_answer");
    }
    Receiver wordy{"HTTP/1.1 200 OK\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"};
    CHECK(failure(send("http://127.0.0.1:" + wordy.port())) == "retry no_answer");
}

TEST_CASE("a receiver that keeps still is left after the stated time", "[channels][sender]") {
    Receiver receiver{""};
    const auto start = std::chrono::steady_clock::now();
    CHECK(failure(send("http://127.0.0.1:" + receiver.port(), nullptr, this_machine(),
                       {.time_max = Elapsed{200'000}})) == "retry no_answer");
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{5});
}

TEST_CASE("where nobody listens the attempt is tried again", "[channels][sender]") {
    asio::io_context context;
    tcp::acceptor taken{context, {asio::ip::make_address("127.0.0.1"), 0}};
    const std::string port = std::to_string(taken.local_endpoint().port());
    taken.close();
    CHECK(failure(send("http://127.0.0.1:" + port)) == "retry no_answer");
}

TEST_CASE("a name is judged by the addresses it leads to", "[channels][sender]") {
    notice::AllowList name_only;
    name_only.plain_hosts = {"localhost"};
    CHECK(failure(send("http://localhost:9/", nullptr, name_only)) == "broken address_forbidden");
    CHECK(failure(send("https://localhost:9/", nullptr, {})) == "broken address_forbidden");
    CHECK(failure(send("http://127.0.0.1:9/", nullptr, {})) == "broken address_forbidden");
    CHECK(failure(send("ftp://example.com/")) == "broken bad_address");
    Receiver receiver{fine};
    CHECK(failure(send("http://localhost:" + receiver.port())) == "answered 200");
}

TEST_CASE("a certificate must be believed and belong to the host", "[channels][sender]") {
    const std::string folder = DUTYLOG_BINARY_DIR "/tests/adapters/channels/";
    const auto server = [&](const char* name) {
        test::write_certificate(folder + "sender.pem", folder + "sender.key", name);
        asio::ssl::context context{asio::ssl::context::tls_server};
        context.use_certificate_chain_file(folder + "sender.pem");
        context.use_private_key_file(folder + "sender.key", asio::ssl::context::pem);
        return context;
    };
    const auto through = [&](asio::ssl::context& server_tls, bool known) {
        asio::ssl::context client = sender_tls(known ? folder + "sender.pem" : "");
        Receiver receiver{fine, &server_tls};
        return failure(send("https://localhost:" + receiver.port(), &client));
    };
    asio::ssl::context right = server("localhost");
    CHECK(through(right, true) == "answered 200");
    CHECK(through(right, false) == "retry no_answer");
    asio::ssl::context other = server("other.example.com");
    CHECK(through(other, true) == "retry no_answer");
}
