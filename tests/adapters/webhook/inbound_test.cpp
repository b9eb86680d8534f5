#include "adapters/webhook/inbound.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "tests/notice/vectors.hpp"

using namespace dutylog;
using namespace dutylog::webhook;

namespace {

constexpr const char* laboratory = R"(source: laboratory
id: /messageId
when: {/type: result.released}
each: /results
facts:
  - fact: measurement
    subject: {kind: post, id: /post}
    at: ^/sampledAt
    when: {/status: final}
    value:
      agent: {from: /agent, words: {C6H6: benzene, "7": toluene}}
      twa: /value
      unit: mg/m3
      remark: {from: /remark, optional: true}
)";

constexpr const char* released = R"({"messageId":"m-1","type":"result.released",
"sampledAt":"2026-11-20","results":[
{"post":"P1","status":"final","agent":"C6H6","value":3.25},
{"post":"P2","status":"draft","agent":"C6H6","value":1},
{"post":"P3","status":"final","agent":7,"value":12,"remark":"second \"sample\""}]})";

InboundMapping mapping(const std::string& text = laboratory) {
    auto read = read_inbound_mapping({"laboratory.yaml", text});
    INFO((read ? "" : read.error().detail));
    REQUIRE(read);
    return *std::move(read);
}

std::string refusal(const std::string& text) {
    const auto read = read_inbound_mapping({"m.yaml", text});
    return read ? "" : read.error().detail;
}

Result<InboundMessage> mapped(std::string_view body, const std::string& rules = laboratory) {
    return map_inbound(mapping(rules), body, "webhook-1");
}

std::string one_field(const std::string& json) {
    const auto message =
        mapped(R"({"v":)" + json + "}",
               "source: s\nfacts:\n  - {fact: f, subject: {kind: k, id: x}, value: {v: /v}}\n");
    if (!message) return message.error().reason;
    return boost::json::serialize(message->facts.at(0).value);
}

}  // namespace

TEST_CASE("the facts of a message are taken out as the mapping says", "[webhook][inbound]") {
    const auto message = mapped(released);
    REQUIRE(message);
    CHECK(message->source == "laboratory");
    CHECK(message->id == "m-1");
    REQUIRE(message->facts.size() == 2);
    CHECK(message->facts[0].fact == "measurement");
    CHECK(message->facts[0].subject == Reference{"post", "P1"});
    CHECK(message->facts[0].at == "2026-11-20");
    CHECK(boost::json::serialize(message->facts[0].value) ==
          R"({"agent":"benzene","twa":"3.25","unit":"mg/m3"})");
    CHECK(boost::json::serialize(message->facts[1].value) ==
          R"({"agent":"toluene","twa":12,"unit":"mg/m3","remark":"second \"sample\""})");
}

TEST_CASE("the same message gives the same commands, another gives others", "[webhook][inbound]") {
    std::set<std::string> commands;
    const auto add = [&](const Result<InboundMessage>& message) {
        REQUIRE(message);
        for (const InboundFact& fact : message->facts) commands.insert(fact.command.str());
    };
    add(mapped(released));
    add(mapped(released));
    CHECK(commands.size() == 2);
    std::string next{released};
    next.replace(next.find("m-1"), 3, "m-2");
    add(mapped(next));
    CHECK(commands.size() == 4);
    std::string elsewhere{laboratory};
    elsewhere.replace(elsewhere.find("laboratory"), 10, "other");
    add(mapped(released, elsewhere));
    CHECK(commands.size() == 6);
}

TEST_CASE("a message that the mapping has no use for is no error", "[webhook][inbound]") {
    const auto message = mapped(R"({"messageId":"m-9","type":"ping"})");
    REQUIRE(message);
    CHECK(message->facts.empty());
}

TEST_CASE("what is missing or of another form is refused with its place", "[webhook][inbound]") {
    const auto detail = [](std::string_view body) {
        const auto message = mapped(body);
        return message ? std::string{} : message.error().reason + ": " + message.error().detail;
    };
    const std::string head = R"({"messageId":"m","type":"result.released","sampledAt":"d",)";
    CHECK(detail(head + R"("results":[{"post":"P","status":"final","agent":"C6H6"}]})") ==
          "mapping_failed: expected a value at /results/0/value");
    CHECK(detail(head + R"("results":[{"post":"P","status":"final","agent":"?","value":1}]})") ==
          "mapping_failed: the mapping has no word for what stands at /results/0/agent");
    CHECK(detail(head + R"("results":[{"post":[],"status":"final"}]})") ==
          "mapping_failed: expected a text, a truth value or a number of at most 15 digits at "
          "/results/0/post");
    CHECK(detail(head + R"("results":{}})") == "mapping_failed: expected a list at /results");
    CHECK(detail(R"({"type":"result.released"})") ==
          "mapping_failed: expected a value at /messageId");
    CHECK(detail(R"({"messageId":"","type":"x"})") ==
          "mapping_failed: expected an id of the message");
    CHECK(detail("{") == "body: expected JSON of at most 32 levels");
    CHECK(detail(std::string(40, '[') + std::string(40, ']')) ==
          "body: expected JSON of at most 32 levels");
    CHECK(detail(std::string((1 << 20) + 1, ' ')) == "body: expected at most 1 MiB");
}

TEST_CASE("one bad element refuses the whole message", "[webhook][inbound]") {
    std::string body{released};
    body.replace(body.find("12"), 2, "{}");
    CHECK_FALSE(mapped(body));
}

TEST_CASE("numbers keep their digits or are refused", "[webhook][inbound]") {
    CHECK(one_field("0.1") == R"({"v":"0.1"})");
    CHECK(one_field("1.20") == R"({"v":"1.2"})");
    CHECK(one_field("-12.375") == R"({"v":"-12.375"})");
    CHECK(one_field("1e-3") == R"({"v":"0.001"})");
    CHECK(one_field("123456789.123456") == R"({"v":"123456789.123456"})");
    CHECK(one_field("9007199254740993") == R"({"v":9007199254740993})");
    CHECK(one_field("0.12345678901234567") == "mapping_failed");
    CHECK(one_field("1e300") == "mapping_failed");
    CHECK(one_field("18446744073709551615") == "mapping_failed");
    CHECK(one_field("true") == R"({"v":true})");
    CHECK(one_field("null") == "mapping_failed");
    CHECK(one_field(R"(")" + std::string(5'000, 'x') + R"(")") == "mapping_failed");
}

TEST_CASE("a message holds at most 2000 facts", "[webhook][inbound]") {
    const auto many = [](int count) {
        std::string body = R"({"l":[0)";
        for (int i = 1; i < count; ++i) body += ",0";
        return mapped(
            body + "]}",
            "source: s\neach: /l\nfacts:\n  - {fact: f, subject: {kind: k, id: x}, value: {}}\n");
    };
    REQUIRE(many(2'000));
    CHECK(many(2'000)->facts.size() == 2'000);
    CHECK_FALSE(many(2'001));
}

TEST_CASE("a mapping that cannot be meant is refused with line and column", "[webhook][inbound]") {
    CHECK(refusal("facts: []\n") == "m.yaml:1:1: expected a key source");
    CHECK(refusal("source: s\nfacts: []\n") == "m.yaml:2:8: expected a list of 1 to 100 facts");
    CHECK(refusal("source: s\nfact: []\n") == "m.yaml:2:1: there is no key fact here");
    CHECK(refusal("source: s\nfacts:\n  - {fact: f}\n").starts_with("m.yaml:3:"));
    const std::string fact = "  - {fact: f, subject: {kind: k, id: /a}, value: {v: ";
    CHECK(refusal("source: s\nfacts:\n" + fact + "/a~2}}\n") ==
          "m.yaml:3:54: expected a JSON Pointer: ~ is written ~0");
    CHECK_FALSE(refusal("source: s\nfacts:\n" + fact + "{form: /a}}}\n").empty());
    CHECK_FALSE(refusal("source: s\nfacts:\n" + fact + "{from: /a, optional: yes}}}\n").empty());
    CHECK_FALSE(refusal("source: s\neach: results\nfacts:\n" + fact + "x}}\n").empty());
    CHECK_FALSE(refusal("source: s\nwhen: {type: x}\nfacts:\n" + fact + "x}}\n").empty());
    CHECK_FALSE(refusal("source: [\n").empty());
    CHECK_FALSE(refusal("").empty());
    CHECK(refusal("source: s\nfacts:\n" + fact + "x}}\n").empty());
}

TEST_CASE("a message is read only when its signature is good", "[webhook][inbound]") {
    namespace vectors = notice::vectors;
    const InboundMapping rules = mapping(
        "source: s\nfacts:\n  - {fact: f, subject: {kind: k, id: /data/obligation}, value: {}}\n");
    const notice::WebhookVerifier keys[] = {*notice::parse_webhook_verifier(vectors::new_secret)};
    const Instant now = Instant{} + seconds(vectors::at_s);
    notice::WebhookHeaders headers{std::string{vectors::webhook_id}, std::to_string(vectors::at_s),
                                   std::string{vectors::new_signature}};
    const auto message = accept_inbound(rules, keys, headers, vectors::webhook_body, now);
    REQUIRE(message);
    CHECK(message->id == vectors::webhook_id);
    CHECK(message->facts.at(0).subject.id == "obl_01K");
    CHECK(accept_inbound(rules, keys, headers, "{}", now).error().reason == "signature");
    CHECK(accept_inbound(rules, keys, headers, vectors::webhook_body, now + hours(1))
              .error()
              .detail == "expected a timestamp within five minutes of now");
    headers.id.clear();
    CHECK(accept_inbound(rules, keys, headers, vectors::webhook_body, now).error().reason ==
          "signature");
}
