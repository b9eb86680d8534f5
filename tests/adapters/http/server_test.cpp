#include "adapters/http/server.hpp"

#include <catch2/catch.hpp>

#include "adapters/http/event_stream.hpp"
#include "tests/adapters/http/gate_cases.hpp"
#include "tests/adapters/http/raw_client.hpp"
#include "tests/adapters/http/running_server.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace dutylog;
using namespace dutylog::test;

namespace {

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

}  // namespace

TEST_CASE("the cases of the gate hold over a real socket, and what is refused is closed",
          "[http]") {
    FunctionService service{echo};
    RunningServer server{service};
    for (const GateCase& one : gate_cases()) {
        INFO(one.name);
        RawClient client{server.port()};
        client.send(one.bytes);
        const std::string answer = client.read_answer();
        CHECK(status_of(answer) == one.status);
        if (one.status != 200) {
            CHECK(field_of(answer, "Connection") == "close");
            client.finish_sending();
            CHECK(client.is_closed());
        }
    }
}

TEST_CASE("a request hidden behind a refused one is not answered", "[http]") {
    FunctionService service{echo};
    RunningServer server{service};
    RawClient client{server.port()};
    client.send(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\n" +
        std::string{get});
    client.finish_sending();
    const std::string all = client.read_all();
    CHECK(status_of(all) == 400);
    CHECK(all.find("HTTP/1.1 200") == std::string::npos);
    CHECK(server->counts().requests == 0);
}

TEST_CASE("requests on one connection are answered in order, pipelined or not", "[http]") {
    FunctionService service{echo};
    RunningServer server{service};
    RawClient client{server.port()};
    client.send(
        "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\n"
        "Content-Length: 5\r\n\r\nhelloGET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(body_of(client.read_answer()) == "GET /1\n");
    CHECK(body_of(client.read_answer()) == "POST /2\nhello");
    CHECK(body_of(client.read_answer()) == "GET /3\n");
    client.send("GET /4 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const std::string last = client.read_answer();
    CHECK(body_of(last) == "GET /4\n");
    CHECK(field_of(last, "Connection") == "close");
    CHECK(client.is_closed());
}

TEST_CASE("HTTP/1.0 is answered and closed", "[http]") {
    FunctionService service{echo};
    RunningServer server{service};
    RawClient client{server.port()};
    client.send("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(body_of(client.read_all()) == "GET /old\n");
}

TEST_CASE("HEAD gets the fields of GET and no body", "[http]") {
    FunctionService service{echo};
    RunningServer server{service};
    RawClient client{server.port()};
    client.send("HEAD /long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const std::string all = client.read_all();
    CHECK(field_of(all, "Content-Length") == "11");
    CHECK(body_of(all).empty());
}

TEST_CASE("a client that asks first is told to go on", "[http]") {
    FunctionService service{echo};
    RunningServer server{service};
    RawClient client{server.port()};
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    CHECK(client.read_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("hi");
    CHECK(body_of(client.read_answer()) == "POST /\nhi");
}

TEST_CASE("a long answer arrives whole", "[http]") {
    const std::string long_text(3'000'000, 'x');
    FunctionService service{[&](http::Request, http::Reply reply) {
        reply(http::text_response(200, "text/plain", long_text));
    }};
    RunningServer server{service};
    RawClient client{server.port()};
    client.send(get);
    CHECK(body_of(client.read_answer()) == long_text);
}

TEST_CASE("a reply that is dropped, or a service that throws, answers 500", "[http]") {
    FunctionService service{[](http::Request request, http::Reply) {
        if (request.head.target == "/throw") throw std::runtime_error{"no"};
    }};
    RunningServer server{service};
    RawClient client{server.port()};
    client.send(get);
    CHECK(status_of(client.read_answer()) == 500);
    client.send("GET /throw HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(status_of(client.read_answer()) == 500);
    CHECK(server->counts().failures == 1);
}

TEST_CASE("a Unix socket is served, and one that was left over is replaced", "[http]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("socket");
    FunctionService service{[](http::Request request, http::Reply reply) {
        reply(http::text_response(200, "text/plain", request.peer.is_local ? "here" : "there"));
    }};
    for (int run = 0; run < 2; ++run) {
        RunningServer server{service};
        server->listen_unix(path);
        RawClient client{path};
        client.send(get);
        CHECK(body_of(client.read_answer()) == "here");
        CHECK_THROWS_WITH(server->listen_unix(path), Catch::Contains("somebody listens"));
    }
}

TEST_CASE("an address that is taken is told in one sentence", "[http]") {
    FunctionService service{echo};
    RunningServer server{service};
    CHECK_THROWS_WITH(server->listen_tcp("192.0.2.1", 0), Catch::Contains("192.0.2.1 port 0"));
    CHECK_THROWS_WITH(server->listen_tcp("plant", 0), Catch::Contains("address plant"));
}
