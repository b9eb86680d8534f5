#include <catch2/catch.hpp>
#include <fstream>

#include "engine/notice/standard_webhooks.hpp"
#include "tests/adapters/server/public/reminded.hpp"

using namespace dutylog;
using namespace dutylog::test;

namespace {

constexpr const char* secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
constexpr const char* mapping = R"(source: sensors
id: /messageId
each: /readings
facts:
  - fact: climate
    subject: {kind: gallery, id: /gallery}
    value:
      lowest: /lowest
      highest: /highest
)";

/// A museum to which the sensors of its galleries send what climate is asked for.
class Measured : public Museum {
public:
    Measured() {
        furnish();
        std::ofstream{folder.file("sensors.yaml")} << mapping;
        std::ofstream{folder.file("sensors.secret")} << secret << "\n";
        inbound = {{"sensors", folder.file("sensors.yaml"), folder.file("sensors.secret")}};
        close();
        open();
    }

    static std::string message(const std::string& id, const std::string& gallery,
                               const std::string& lowest = "40 %") {
        return R"({"messageId":")" + id + R"(","readings":[{"gallery":")" + gallery +
               R"(","lowest":")" + lowest + R"(","highest":"60 %"}]})";
    }
    Answer send(const std::string& body, const std::string& name = "sensors",
                const std::string& key = secret) {
        const auto parsed = notice::parse_webhook_secret(key);
        REQUIRE(parsed);
        const auto headers =
            notice::sign_webhook(std::span{&*parsed, 1}, "msg_1", clock.wall(), body);
        return send_with("webhook-id: " + headers.id +
                             "\r\nwebhook-timestamp: " + headers.timestamp +
                             "\r\nwebhook-signature: " + headers.signature + "\r\n",
                         body, name);
    }
    Answer send_with(const std::string& fields, const std::string& body,
                     const std::string& name = "sensors") const {
        RawClient client{port};
        client.send("POST /inbound/" + name + " HTTP/1.1\r\nHost: a\r\n" + fields +
                    "Content-Type: application/json\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n\r\n" + body);
        const std::string text = client.read_answer();
        return {status_of(text), "", json::parse(body_of(text)).as_object()};
    }
    std::size_t climates() {
        return ask("GET /api/v1/timeline?of=gallery/north&limit=500")
            .body.at("events")
            .as_array()
            .size();
    }
};

}  // namespace

TEST_CASE("a signed message of another system becomes facts, once", "[server][inbound]") {
    Measured museum;
    const std::size_t before = museum.climates();
    const Answer taken = museum.send(Measured::message("m-1", "north"));
    INFO(json::serialize(taken.body));
    CHECK(taken.status == 200);
    CHECK(taken.body.at("facts") == 1);
    CHECK(taken.body.at("repeated") == 0);
    const std::size_t after = museum.climates();
    CHECK(after > before);
    CHECK(museum.send(Measured::message("m-1", "north")).body.at("repeated") == 1);
    CHECK(museum.climates() == after);
    const Answer other = museum.send(Measured::message("m-1", "north", "45 %"));
    CHECK(other.status == 422);
    CHECK(other.body.at("code") == "key_reused");
    CHECK(museum.climates() == after);
}

TEST_CASE("what is not signed with a key of the source records nothing", "[server][inbound]") {
    Measured museum;
    const std::size_t before = museum.climates();
    const std::string body = Measured::message("m-2", "north");
    CHECK(museum.send_with("", body).status == 401);
    CHECK(
        museum.send(body, "sensors", "whsec_ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=").status ==
        401);
    CHECK(museum.send(body, "laboratory").status == 404);
    CHECK(museum.climates() == before);
}

TEST_CASE("a message that cannot be read is refused whole, with what was wrong",
          "[server][inbound]") {
    Measured museum;
    const std::size_t before = museum.climates();
    CHECK(museum.send("{").status == 422);
    CHECK(museum.send("{}").status == 422);
    const std::string two =
        R"({"messageId":"m-3","readings":[{"gallery":"north","lowest":"40 %","highest":"60 %"},)"
        R"({"gallery":"north","lowest":"cold","highest":"60 %"}]})";
    const Answer bad = museum.send(two);
    CHECK(bad.status == 422);
    CHECK(bad.body.at("code") == "bad_value");
    CHECK(bad.body.at("fact") == 1);
    CHECK(museum.send(Measured::message("m-4", "nowhere")).status == 422);
    CHECK(museum.climates() == before);
    CHECK(museum.send(R"({"messageId":"m-5","readings":[]})").body.at("facts") == 0);
}

TEST_CASE("files of a source that cannot be used are named when the service starts",
          "[server][inbound]") {
    const TemporaryFolder folder;
    const auto file = [&](const char* name, const char* text) {
        std::ofstream{folder.file(name)} << text;
        return folder.file(name);
    };
    const std::string good = file("m.yaml", mapping);
    const std::string keys = file("k", secret);
    CHECK(server::read_inbound_sources({{"a", good, keys}}).size() == 1);
    CHECK_THROWS_WITH(server::read_inbound_sources({{"a", folder.file("none"), keys}}),
                      Catch::Contains("none: cannot be read"));
    CHECK_THROWS_WITH(server::read_inbound_sources({{"a", good, file("bad", "\nsecret word")}}),
                      Catch::Contains("line 2") && !Catch::Contains("word"));
    CHECK_THROWS_WITH(server::read_inbound_sources({{"a", good, file("empty", "")}}),
                      Catch::Contains("found none"));
    CHECK_THROWS_WITH(server::read_inbound_sources({{"a", file("bad.yaml", "x: [}"), keys}}),
                      Catch::Contains("bad.yaml"));
    CHECK_THROWS_WITH(server::read_inbound_sources({{"a", good, keys}, {"a", good, keys}}),
                      Catch::Contains("twice"));
}
