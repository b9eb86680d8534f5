#include "adapters/http/gate.hpp"

#include <catch2/catch.hpp>

#include "tests/adapters/http/feed.hpp"
#include "tests/adapters/http/gate_cases.hpp"
#include "tests/adapters/http/llhttp_cases.hpp"

using namespace dutylog;
using namespace dutylog::test;

TEST_CASE("the gate takes requests and refuses what two servers may read differently", "[gate]") {
    for (const GateCase& one : gate_cases()) {
        INFO(one.name);
        for (const std::size_t step : {std::size_t{1} << 20, std::size_t{7}, std::size_t{1}}) {
            const Reading reading = feed(one.bytes, step);
            CHECK(reading.status == one.status);
            CHECK(reading.code == one.code);
        }
    }
}

TEST_CASE("a request that is cut off is waited for", "[gate]") {
    for (const GateCase& one : gate_cases()) {
        if (one.status != 200) continue;
        INFO(one.name);
        for (std::size_t length = 0; length < one.bytes.size(); ++length)
            CHECK(feed(std::string_view{one.bytes}.substr(0, length), 3).status == 0);
    }
}

TEST_CASE("what the gate lets through is read as it was meant", "[gate]") {
    const Reading chunked = feed(
        "POST http://A:80/x?y=%20 HTTP/1.1\r\nHOST: a:80\r\nTransfer-Encoding: chunked\r\n"
        "X-Two: 1 \r\nx-two:2\r\nExpect: 100-continue\r\nConnection: Close\r\n\r\n"
        "2\r\nhi\r\n1\r\n!\r\n0\r\n\r\nrest",
        5);
    REQUIRE(chunked.status == 200);
    CHECK(chunked.head.method == http::Method::post);
    CHECK(chunked.head.target == "/x?y=%20");
    CHECK(chunked.head.host == "a:80");
    CHECK(chunked.head.joined("x-two") == "1, 2");
    CHECK(chunked.head.expects_continue);
    CHECK_FALSE(chunked.head.keep_alive);
    CHECK(chunked.body == "hi!");

    const Reading absolute = feed("OPTIONS http://a HTTP/1.1\r\nHost: a\r\n\r\n", 100);
    CHECK(absolute.head.target == "/");
    CHECK(absolute.head.keep_alive);
}

TEST_CASE("the examples of llhttp that it refuses are refused here too", "[gate][llhttp]") {
    const auto cases = llhttp_cases(DUTYLOG_SOURCE_DIR "/tests/adapters/http/llhttp");
    REQUIRE(cases.size() > 150);
    int refused = 0;
    for (const LlhttpCase& one : cases) {
        if (!one.refused) continue;
        INFO(one.file << ": " << one.name << "\n" << one.bytes);
        // Some examples stop where llhttp does; whatever comes then, they are no requests.
        const unsigned status = feed(with_host(one.bytes) + "\r\n\r\n", 1 << 20).status;
        CHECK(status >= 400);
        refused += status >= 400 ? 1 : 0;
    }
    CHECK(refused > 30);
}

TEST_CASE("the examples of llhttp that it takes are taken, or refused for a named reason",
          "[gate][llhttp]") {
    for (const LlhttpCase& one : llhttp_cases(DUTYLOG_SOURCE_DIR "/tests/adapters/http/llhttp")) {
        if (one.refused || one.lenient) continue;
        INFO(one.file << ": " << one.name << "\n" << one.bytes);
        const Reading reading = feed(with_host(one.bytes), 1 << 20);
        if (!http::parse_method(one.bytes.substr(0, one.bytes.find(' ')))) {
            CHECK(reading.status >= 400);  // methods of other services
            continue;
        }
        const auto stricter = stricter_than_llhttp().find(one.name);
        const bool named = stricter != stricter_than_llhttp().end();
        CHECK(reading.code == (named ? stricter->second : ""));
    }
}
