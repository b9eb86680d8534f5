#pragma once

#include <atomic>
#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <memory>
#include <sstream>
#include <string>
#include <thread>

#include "adapters/cli/run.hpp"
#include "adapters/clock/system_runtime.hpp"
#include "adapters/server/house.hpp"
#include "tests/adapters/http/raw_client.hpp"
#include "tests/support/temporary_folder.hpp"

namespace dutylog::test {

namespace json = boost::json;

/// Starts on a day in 2025 and runs as fast as the machine's clock; a test may move it.
class MovableClock final : public runtime::Runtime {
public:
    Instant wall() override { return start_ + Elapsed{monotonic().micros + moved_.load()}; }
    Elapsed monotonic() override { return {system_.monotonic().micros - since_.micros}; }
    std::uint64_t random(std::string_view stream) override { return system_.random(stream); }
    void move(Elapsed by) { moved_ += by.micros; }

private:
    clock::SystemRuntime system_;
    Elapsed since_ = system_.monotonic();
    Instant start_ = *parse_instant("2025-03-10T09:00+08:00");
    std::atomic<std::int64_t> moved_{0};
};

struct Answer {
    unsigned status = 0;
    std::string etag;
    json::object body;
};

/// A museum's log, served.
class Museum {
public:
    Museum() {
        std::ostringstream told;
        const int exit = cli::run(
            {.arguments = {"init", log, "--library", DUTYLOG_SOURCE_DIR "/workflows/examples"},
             .out = told,
             .err = told,
             .terminal = {},
             .language = Language::en,
             .clocks = clock});
        INFO(told.str());
        REQUIRE(exit == 0);
        open();
    }
    ~Museum() { close(); }

    void open() {
        house = std::make_unique<server::House>(
            server::HouseOptions{.log = log,
                                 .tokens = log + ".tokens",
                                 .inbound = inbound,
                                 .base_url = "https://duty.example.com",
                                 .long_questions_max = long_questions_max,
                                 .language = Language::en},
            clock);
        port = house->server().listen_tcp("127.0.0.1", 0);
        if (const auto text = house->first_token()) token = *text;
        serving = std::thread{[this] { house->run(); }};
    }
    void close() {
        if (house == nullptr) return;
        house->drain(seconds(1));
        serving.join();
        house.reset();
    }

    std::string request(const std::string& line, const std::string& who, const std::string& fields,
                        const json::object* body) const {
        std::string text = line + " HTTP/1.1\r\nHost: a\r\n" + fields;
        if (!who.empty()) text += "Authorization: Bearer " + who + "\r\n";
        const std::string written = body == nullptr ? "" : json::serialize(*body);
        if (body != nullptr)
            text += "Content-Type: application/json\r\nContent-Length: " +
                    std::to_string(written.size()) + "\r\n";
        return text + "\r\n" + written;
    }
    Answer ask(const std::string& line, const std::string& fields = "",
               const json::object* body = nullptr) const {
        return ask_as(token, line, fields, body);
    }
    Answer ask_as(const std::string& who, const std::string& line, const std::string& fields = "",
                  const json::object* body = nullptr) const {
        RawClient client{port};
        client.send(request(line, who, fields, body));
        const std::string text = client.read_answer();
        Answer answer{status_of(text), field_of(text, "ETag"), {}};
        if (!body_of(text).empty()) answer.body = json::parse(body_of(text)).as_object();
        return answer;
    }
    Answer order(json::object command, const std::string& key) const {
        return order_as(token, std::move(command), key);
    }
    Answer order_as(const std::string& who, const json::object& command,
                    const std::string& key) const {
        return ask_as(who, "POST /api/v1/commands", "Idempotency-Key: " + key + "\r\n", &command);
    }
    std::string token_of(const std::string& person, json::array may, json::array sites = {}) const {
        const json::object wanted{
            {"person", person}, {"may", std::move(may)}, {"sites", std::move(sites)}};
        const Answer made = ask("POST /api/v1/tokens", "", &wanted);
        REQUIRE(made.status == 201);
        return std::string{made.body.at("text").as_string()};
    }

    /// A gallery with a fan that mei looks after.
    void furnish() const {
        int key = 0;
        const auto give = [&](json::object command) {
            const Answer answer = order(std::move(command), "furnish-" + std::to_string(++key));
            INFO(json::serialize(answer.body));
            REQUIRE(answer.status == 200);
        };
        give({{"command", "add_subject"}, {"by", "records"}, {"subject", "museum/house"}});
        give({{"command", "add_subject"},
              {"by", "records"},
              {"subject", "gallery/north"},
              {"in", "house"}});
        give({{"command", "add_subject"},
              {"by", "records"},
              {"subject", "gallery/south"},
              {"in", "house"}});
        for (const char* each : {"keeper/mei", "keeper/omar", "keeper/ana"})
            give({{"command", "add_subject"},
                  {"by", "records"},
                  {"subject", each},
                  {"in", "house"}});
        for (const auto& [role, person] :
             {std::pair{"DIR", "ana"}, std::pair{"CONS", "omar"}, std::pair{"REG", "ana"}})
            give({{"command", "record_fact"},
                  {"by", "records"},
                  {"of", "house"},
                  {"fact", "holds_role"},
                  {"value", {{"role", role}, {"person", person}}}});
        give({{"command", "add_subject"},
              {"by", "records"},
              {"subject", "unit/EF-07"},
              {"in", "north"}});
        give({{"command", "record_fact"},
              {"by", "records"},
              {"of", "EF-07"},
              {"fact", "holds_role"},
              {"value", {{"role", "TECH"}, {"person", "mei"}}}});
        give({{"command", "record_fact"},
              {"by", "mei"},
              {"of", "EF-07"},
              {"fact", "fan"},
              {"value", {{"maintained", true}}}});
    }

    TemporaryFolder folder;
    MovableClock clock;
    std::string log = folder.file("museum.db");
    std::vector<server::InboundOption> inbound;  ///< from the next `open` on
    std::size_t long_questions_max = 16;         ///< from the next `open` on
    std::string token;
    std::uint16_t port = 0;
    std::unique_ptr<server::House> house;
    std::thread serving;
};

}  // namespace dutylog::test
