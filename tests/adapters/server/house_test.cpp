#include <catch2/catch.hpp>
#include <chrono>

#include "tests/adapters/server/museum.hpp"

using namespace dutylog;
using namespace dutylog::test;

namespace {

const std::string fan = "/api/v1/duties/fan-maintenance/unit/EF-07";

}  // namespace

TEST_CASE("commands are answered after they are durable, once for each key", "[server]") {
    Museum museum;
    museum.furnish();
    const json::object thing{
        {"command", "add_subject"}, {"by", "records"}, {"subject", "object/vase"}, {"in", "north"}};
    const Answer first = museum.order(thing, "vase");
    CHECK(first.status == 200);
    CHECK(first.body.at("repeated") == false);
    const Answer again = museum.order(thing, "vase");
    CHECK(again.body.at("events") == first.body.at("events"));
    CHECK(again.body.at("repeated") == true);
    json::object other = thing;
    other["subject"] = "object/bowl";
    const Answer reused = museum.order(other, "vase");
    CHECK(reused.status == 422);
    CHECK(reused.body.at("code") == "key_reused");

    museum.close();
    museum.open();
    CHECK(museum.order(thing, "vase").body.at("events") == first.body.at("events"));
}

TEST_CASE(
    "what is wrong with a command is told with its place, what a rule forbids with its reason",
    "[server]") {
    Museum museum;
    museum.furnish();
    const Answer no_key = museum.ask("POST /api/v1/commands", "", nullptr);
    CHECK(no_key.status == 428);
    const Answer unknown = museum.order({{"command", "dance"}}, "1");
    CHECK(unknown.status == 422);
    CHECK(unknown.body.at("code") == "bad_value");
    const Answer field = museum.order({{"command", "record_fact"},
                                       {"of", "north"},
                                       {"fact", "climate"},
                                       {"value", {{"lowest", "cold"}}}},
                                      "2");
    CHECK(field.body.at("pointer") == "/value/lowest");
    CHECK(museum.order({{"command", "fire_timer"}, {"key", "k"}, {"generation", 1}}, "3").status ==
          422);
    museum.order({{"command", "complete_step"},
                  {"by", "mei"},
                  {"duty", "fan-maintenance"},
                  {"of", "EF-07"},
                  {"step", "do.service"}},
                 "4");
    const Answer refused = museum.order({{"command", "complete_step"},
                                         {"by", "mei"},
                                         {"duty", "fan-maintenance"},
                                         {"of", "EF-07"},
                                         {"step", "check.speed"},
                                         {"form", {{"speed", "0.6 m/s"}}}},
                                        "5");
    CHECK(refused.status == 422);
    CHECK(refused.body.at("code") == "refused");
    CHECK(refused.body.at("reason") == "checker_is_doer");
}

TEST_CASE("duties are listed, paged, and shown on three clocks", "[server]") {
    Museum museum;
    museum.furnish();
    const Answer list = museum.ask("GET /api/v1/duties");
    REQUIRE(list.status == 200);
    const json::array& duties = list.body.at("duties").as_array();
    REQUIRE_FALSE(duties.empty());
    const Answer page = museum.ask("GET /api/v1/duties?limit=1");
    CHECK(page.body.at("duties").as_array().size() == 1);
    CHECK(page.body.contains("next") == (duties.size() > 1));
    CHECK(museum.ask("GET /api/v1/duties?cursor=made-up").status == 400);
    CHECK(museum.ask("GET /api/v1/duties?owner=nobody").body.at("duties").as_array().empty());

    const Answer state = museum.ask("GET " + fan);
    REQUIRE(state.status == 200);
    CHECK(state.body.at("state").at("due") == "2025-06-10");
    CHECK(museum.ask("GET " + fan, "If-None-Match: " + state.etag + "\r\n").status == 304);
    const Answer before = museum.ask("GET " + fan + "?true_at=2025-03-09");
    CHECK(before.status == 404);  // it was not known then
    CHECK(museum.ask("GET " + fan + "?true_at=yesterday").status == 400);
    CHECK(museum.ask("GET " + fan + "?rules_at=2025-03-10").body.at("cut").at("hypothetical") ==
          true);
    CHECK(museum.ask("GET /api/v1/duties/fan-maintenance/unit/EF-99").status == 404);
    for (const char* part : {"/cycles", "/why", "/deliveries"})
        CHECK(museum.ask("GET " + fan + part).status == 200);
}

TEST_CASE("a deadline passes while the service runs, and is told as a breach", "[server]") {
    Museum museum;
    museum.furnish();
    CHECK(museum.ask("GET /api/v1/first-missed").body.at("breaches").as_array().empty());
    museum.close();
    museum.clock.move(hours(24 * 120));
    museum.open();
    json::array breaches;
    for (int i = 0; i < 100 && breaches.empty(); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
        breaches = museum.ask("GET /api/v1/first-missed").body.at("breaches").as_array();
    }
    REQUIRE_FALSE(breaches.empty());
    CHECK(breaches[0].at("duty") == "fan-maintenance");
}

TEST_CASE("each token may do what it was made for, at its sites, and no more", "[server][access]") {
    Museum museum;
    museum.furnish();
    const std::string mei = museum.token_of("mei", {"own"});
    const std::string south = museum.token_of("zoe", {"manage", "investigate"}, {"gallery/south"});
    CHECK(museum.ask_as("", "GET /api/v1/duties").status == 401);
    CHECK(museum.ask_as("dutylog_no_no", "GET /api/v1/duties").status == 401);
    CHECK(museum.ask_as(mei, "GET /api/v1/timeline").status == 403);
    CHECK(museum.ask_as(mei, "GET /api/v1/tokens").status == 403);
    CHECK(museum.ask_as(south, "GET /api/v1/duties").body.at("duties").as_array().empty());
    CHECK(museum.ask_as(south, "GET " + fan).status == 404);
    CHECK(museum.ask_as(south, "GET /api/v1/timeline").body.at("events").as_array().size() <
          museum.ask("GET /api/v1/timeline").body.at("events").as_array().size());

    const json::object work{{"command", "complete_step"},
                            {"duty", "fan-maintenance"},
                            {"of", "EF-07"},
                            {"step", "do.service"}};
    json::object for_another = work;
    for_another["by"] = "omar";
    CHECK(museum.order_as(mei, for_another, "1").status == 403);
    CHECK(museum
              .order_as(mei, {{"command", "add_subject"}, {"subject", "unit/X"}, {"in", "north"}},
                        "2")
              .status == 403);
    CHECK(museum.order_as(mei, work, "3").status == 200);
}

TEST_CASE("a command at a duty is held back where the duty has changed since it was read",
          "[server]") {
    Museum museum;
    museum.furnish();
    const std::string seen = museum.ask("GET " + fan).etag;
    const auto complete = [&](const std::string& etag, const std::string& key) {
        const json::object body{{"by", "mei"}};
        return museum.ask("POST " + fan + "/steps/do.service/completion",
                          "Idempotency-Key: " + key + "\r\nIf-Match: " + etag + "\r\n", &body);
    };
    museum.order({{"command", "add_subject"}, {"by", "records"}, {"subject", "object/x"}}, "other");
    CHECK(museum.ask("GET " + fan).etag == seen);  // something else changed
    CHECK(complete("\"made-up\"", "1").status == 412);
    const Answer done = complete(seen, "2");
    INFO(json::serialize(done.body));
    CHECK(done.status == 200);
    CHECK(museum.ask("GET " + fan).etag != seen);
    CHECK(complete(seen, "3").status == 412);
    CHECK(complete(seen, "2").body.at("repeated") == true);
}

TEST_CASE("the path of a command fills what it names, and the body the rest", "[server]") {
    Museum museum;
    museum.furnish();
    int key = 0;
    const auto post = [&](const std::string& path, const json::object& body) {
        return museum.ask("POST /api/v1" + path,
                          "Idempotency-Key: k" + std::to_string(++key) + "\r\n", &body);
    };
    const Answer fact = post("/facts", {{"by", "records"},
                                        {"of", "north"},
                                        {"fact", "climate"},
                                        {"value", {{"lowest", "40 %"}, {"highest", "60 %"}}}});
    REQUIRE(fact.status == 200);
    const std::string event = std::to_string(fact.body.at("events").at(0).to_number<int>());
    CHECK(post("/facts/" + event + "/correction", {{"by", "records"},
                                                   {"of", "north"},
                                                   {"fact", "climate"},
                                                   {"value", {{"lowest", "45 %"}}}})
              .status == 200);
    CHECK(post("/facts/" + event + "/voiding", {{"reason", "typed wrongly"}}).status == 200);
    const Answer twice =
        post("/facts/" + event + "/voiding", {{"positions", json::array{1}}, {"reason", "twice"}});
    CHECK(twice.status == 422);
    CHECK(twice.body.at("pointer") == "/positions");
    CHECK(post("/subjects", {{"subject", "object/vase"}, {"in", "north"}}).status == 200);
    CHECK(
        post("/roles",
             {{"by", "records"}, {"of", "house"}, {"value", {{"role", "CONS"}, {"person", "mei"}}}})
            .status == 200);
    const Answer act =
        post("/acts", {{"of", "vase"}, {"act", "loan"}, {"value", {{"borrower", "Oslo"}}}});
    CHECK(act.status == 422);  // a gate is closed: nobody has looked at its condition
    CHECK(act.body.at("reason") == "gate_closed");
}

TEST_CASE("a role in the log gives rights besides the token's", "[server][access]") {
    Museum museum;
    museum.furnish();
    const std::string ana = museum.token_of("ana", {});    // DIR, who manages the house
    const std::string omar = museum.token_of("omar", {});  // CONS
    const std::string zoe = museum.token_of("zoe", {});    // nobody in the log
    CHECK(museum.ask_as(ana, "GET /api/v1/duties").status == 200);
    CHECK(museum.ask_as(ana, "GET " + fan).status == 200);
    const json::object vase{
        {"command", "add_subject"}, {"subject", "object/vase"}, {"in", "north"}};
    CHECK(museum.order_as(ana, vase, "1").status == 200);
    CHECK(museum.order_as(omar, vase, "1").status == 403);
    CHECK(museum.ask_as(omar, "GET /api/v1/duties").status == 200);
    CHECK(museum.ask_as(omar, "GET /api/v1/timeline").status == 403);
    CHECK(museum.ask_as(zoe, "GET /api/v1/duties").status == 403);
    museum.order({{"command", "record_fact"},
                  {"by", "records"},
                  {"of", "house"},
                  {"fact", "holds_role"},
                  {"value", {{"role", "DIR"}, {"person", "omar"}}}},
                 "change");
    CHECK(museum.ask_as(ana, "GET " + fan).status == 404);  // REG still, but manages no more
    CHECK(museum.order_as(omar, vase, "2").status != 403);
}

TEST_CASE("a token with sites acts within them only", "[server][access]") {
    Museum museum;
    museum.furnish();
    const std::string south = museum.token_of("zoe", {"manage"}, {"gallery/south"});
    const auto vase_in = [&](const char* gallery, const char* key) {
        return museum
            .order_as(south,
                      {{"command", "add_subject"}, {"subject", "object/vase"}, {"in", gallery}},
                      key)
            .status;
    };
    CHECK(vase_in("north", "1") == 403);
    CHECK(vase_in("south", "2") == 200);
    CHECK(
        museum
            .order_as(south,
                      {{"command", "void_records"}, {"positions", json::array{3}}, {"reason", "r"}},
                      "3")
            .status == 403);
}

TEST_CASE("events are followed from where the client was, each once", "[server][events]") {
    Museum museum;
    museum.furnish();
    RawClient client{museum.port};
    client.send(
        museum.request("GET /api/v1/events", museum.token, "Last-Event-ID: 3\r\n", nullptr));
    client.read_until("\r\n\r\n");
    const std::string first = client.read_until("\n\n");
    CHECK(first.find("id: 4\n") != std::string::npos);
    museum.order(
        {{"command", "add_subject"}, {"by", "records"}, {"subject", "object/jar"}, {"in", "north"}},
        "jar");
    CHECK_FALSE(client.read_until("jar").empty());
    museum.house->drain(seconds(1));
    CHECK(client.read_all().ends_with("0\r\n\r\n"));
}

TEST_CASE("the service describes itself and says how it is", "[server]") {
    Museum museum;
    const Answer document = museum.ask_as("", "GET /openapi.json");
    REQUIRE(document.status == 200);
    const json::object& paths = document.body.at("paths").as_object();
    CHECK(paths.contains("/api/v1/commands"));
    CHECK(paths.contains("/openapi.json"));
    CHECK(museum.ask_as("", "GET /readyz").body.at("ready") == true);
    RawClient client{museum.port};
    client.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK_THAT(client.read_answer(), Catch::Contains("\ndutylog_log_events "));
}

TEST_CASE("the first token is made once", "[server][access]") {
    Museum museum;
    CHECK_FALSE(museum.token.empty());
    CHECK_FALSE(museum.house->first_token());
    museum.close();
    museum.open();
    CHECK(museum.ask("GET /api/v1/duties").status == 200);
}
