#include "tests/bench/served.hpp"

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "tests/adapters/http/raw_client.hpp"

namespace dutylog::bench {

namespace {

server::HouseOptions options_for(const std::string& log) {
    const std::string tokens = log + ".tokens";
    std::remove(tokens.c_str());  // a kept log may have been served before
    return {.log = log, .tokens = tokens};
}

}  // namespace

Served::Served(const std::string& log, Instant start)
    : clock_{start}, house_{options_for(log), clock_} {
    port_ = house_.server().listen_tcp("127.0.0.1", 0);
    token_ = house_.first_token().value();
    serving_ = std::thread{[this] { house_.run(); }};
}

Served::~Served() {
    house_.drain({});
    serving_.join();
}

std::string Served::ask(const std::string& path) const {
    test::RawClient client{port_};
    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token_ +
                "\r\n\r\n");
    std::string answer = client.read_answer();
    if (test::status_of(answer) != 200) throw std::runtime_error{path + ": " + answer};
    return answer;
}

double Served::metric(const std::string& name) const {
    const std::string answer = ask("/metrics");
    const auto at = answer.find("\n" + name + " ");
    if (at == std::string::npos) throw std::runtime_error{"no metric " + name};
    return std::strtod(answer.c_str() + at + name.size() + 2, nullptr);
}

}  // namespace dutylog::bench
