#include "adapters/http/limits.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <list>
#include <thread>

#include "adapters/http/crowd.hpp"
#include "tests/adapters/http/raw_client.hpp"
#include "tests/adapters/http/running_server.hpp"

using namespace dutylog;
using namespace dutylog::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// Sends a byte now and then, until the other end has had enough or two seconds have passed.
/// @returns how long it took
std::chrono::milliseconds drip(RawClient& client, std::string_view bytes) {
    const auto start = std::chrono::steady_clock::now();
    const auto passed = [&] {
        return std::chrono::duration_cast<std::chrono::milliseconds>(
            std::chrono::steady_clock::now() - start);
    };
    for (std::size_t i = 0; i < bytes.size() && passed() < 2s; ++i) {
        if (!client.send(bytes.substr(i, 1))) break;
        std::this_thread::sleep_for(50ms);
    }
    return passed();
}

}  // namespace

TEST_CASE("who connects and says nothing is closed without an answer", "[http][limits]") {
    FunctionService service{echo};
    RunningServer server{service};
    RawClient client{server.port()};
    CHECK(client.is_closed());
    CHECK(server->counts().timeouts == 1);
}

TEST_CASE("a head that drips is answered 408 and closed", "[http][limits]") {
    FunctionService service{echo};
    RunningServer server{service};
    RawClient client{server.port()};
    CHECK(drip(client, "GET / HTTP/1.1\r\nHost: a\r\nX: ") < 2s);
    const std::string answer = client.read_answer();
    CHECK(status_of(answer) == 408);
    CHECK(field_of(answer, "Connection") == "close");
}

TEST_CASE("a body that drips is answered 408 and closed", "[http][limits]") {
    FunctionService service{echo};
    RunningServer server{service};
    RawClient client{server.port()};
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    CHECK(drip(client, std::string(30, 'x')) < 2s);
    CHECK(status_of(client.read_answer()) == 408);
}

TEST_CASE("a connection that has been idle is closed", "[http][limits]") {
    FunctionService service{echo};
    RunningServer server{service};
    RawClient client{server.port()};
    client.send(get);
    CHECK(status_of(client.read_answer()) == 200);
    CHECK(client.is_closed());
}

TEST_CASE("who does not read the answer is cut off", "[http][limits]") {
    FunctionService service{[](http::Request, http::Reply reply) {
        reply(http::text_response(200, "text/plain", std::string(30'000'000, 'x')));
    }};
    RunningServer server{service};
    RawClient client{server.port()};
    client.send(get);
    for (int i = 0; i < 100 && server->counts().timeouts == 0; ++i)
        std::this_thread::sleep_for(20ms);
    CHECK(server->counts().timeouts == 1);
    CHECK(client.read_all().size() < 30'000'000);
}

TEST_CASE("the last request of a connection is answered and closes it", "[http][limits]") {
    FunctionService service{echo};
    http::ServerOptions options = quick_options();
    options.connection.requests_max = 2;
    RunningServer server{service, options};
    RawClient client{server.port()};
    client.send(std::string{get} + std::string{get} + std::string{get});
    CHECK(field_of(client.read_answer(), "Connection").empty());
    CHECK(field_of(client.read_answer(), "Connection") == "close");
    client.finish_sending();
    CHECK(client.is_closed());
}

TEST_CASE("one address has so many connections and no more, until one of them ends",
          "[http][limits]") {
    FunctionService service{echo};
    http::ServerOptions options = quick_options();
    options.connection.per_address_max = 3;
    options.connection.first_byte_time = seconds(5);
    options.connection.idle_time = seconds(5);
    RunningServer server{service, options};
    std::list<RawClient> clients;
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back(server.port()).send(get);
        CHECK(status_of(clients.back().read_answer()) == 200);
    }
    RawClient beyond{server.port()};
    CHECK(beyond.is_closed());
    CHECK(server->counts().turned_away == 1);

    clients.pop_front();
    for (int i = 0; i < 100 && server->counts().open > 2; ++i) std::this_thread::sleep_for(10ms);
    RawClient next{server.port()};
    next.send(get);
    CHECK(status_of(next.read_answer()) == 200);
}

TEST_CASE("idle connections do not delay others", "[http][limits]") {
    FunctionService service{echo};
    http::ServerOptions options = quick_options();
    options.connection.per_address_max = 0;
    options.connection.first_byte_time = seconds(30);
    RunningServer server{service, options};
    std::list<RawClient> idle;
    for (int i = 0; i < 400; ++i) idle.emplace_back(server.port());
    const auto start = std::chrono::steady_clock::now();
    RawClient client{server.port()};
    for (int i = 0; i < 50; ++i) {
        client.send(get);
        CHECK(status_of(client.read_answer()) == 200);
    }
    CHECK(std::chrono::steady_clock::now() - start < 1s);
}

TEST_CASE("addresses are counted as those who hold them would", "[http][limits]") {
    const unsigned char v4[4] = {192, 0, 2, 7};
    const unsigned char mapped[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 7};
    unsigned char v6[16] = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 9, 9, 9, 9, 9, 9, 9, 9};
    CHECK(http::crowd_key(v4, 4) == http::crowd_key(mapped, 16));
    const std::string one = http::crowd_key(v6, 16);
    v6[15] = 1;
    CHECK(http::crowd_key(v6, 16) == one);
    v6[7] = 2;
    CHECK(http::crowd_key(v6, 16) != one);
}
