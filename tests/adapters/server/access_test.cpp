#include <boost/json.hpp>
#include <catch2/catch.hpp>
#include <thread>

#include "tests/adapters/server/museum.hpp"

using namespace dutylog;
using namespace dutylog::test;
namespace json = boost::json;

namespace {

const std::string fan = "/api/v1/duties/fan-maintenance/unit/EF-07";

json::array events_of(const Museum& museum, const std::string& type) {
    return museum.ask("GET /api/v1/timeline?limit=500&type=" + type).body.at("events").as_array();
}

/// The writer looks once a second for what is due.
json::array wait_for(const Museum& museum, const std::string& type, std::size_t count) {
    json::array found;
    for (int i = 0; i < 200 && found.size() < count; ++i) {
        found = events_of(museum, type);
        if (found.size() < count) std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return found;
}

}  // namespace

TEST_CASE("a refusal is on the record, and a flood of refusals leaves two events a minute",
          "[server][access]") {
    Museum museum;
    museum.furnish();
    const std::string mei = museum.token_of("mei", {"own"});
    for (int i = 0; i < 20; ++i) CHECK(museum.ask_as(mei, "GET /api/v1/tokens").status == 403);
    for (int i = 0; i < 20; ++i) CHECK(museum.ask_as("", "GET /api/v1/duties").status == 401);
    const json::array first = wait_for(museum, "access.refused", 2);
    REQUIRE(first.size() == 2);
    CHECK(first[0].at("says").as_string().find("list_tokens") != json::string::npos);
    museum.clock.move(seconds(61));
    const json::array second = wait_for(museum, "access.refused", 4);
    REQUIRE(second.size() == 4);
    std::string says;
    for (const json::value& event : second)
        says += std::string{event.at("says").as_string()} + "\n";
    CHECK_THAT(says, Catch::Contains("19 request(s) by"));
}

TEST_CASE("what a caller may not know of is answered as if it were not there, and counted",
          "[server][access]") {
    Museum museum;
    museum.furnish();
    const std::string south = museum.token_of("zoe", {"manage"}, {"gallery/south"});
    CHECK(museum.ask_as(south, "GET " + fan).status == 404);
    REQUIRE(wait_for(museum, "access.refused", 1).size() == 1);
    CHECK(museum.ask_as(south, "GET /api/v1/duties/fan-maintenance/unit/none").status == 404);
    museum.clock.move(seconds(61));
    std::this_thread::sleep_for(std::chrono::milliseconds{1'200});
    CHECK(events_of(museum, "access.refused").size() == 1);  // what is not there is no refusal
}

TEST_CASE("sealed fields are opened for `medical` only, and on the record before they are seen",
          "[server][access]") {
    Museum museum;
    museum.furnish();
    REQUIRE(museum
                .order({{"command", "add_subject"},
                        {"by", "records"},
                        {"subject", "keeper/lin"},
                        {"in", "house"},
                        {"name", "Lin Mei"}},
                       "lin")
                .status == 200);
    const std::string keeper = "GET /api/v1/subjects/keeper/lin";
    CHECK(museum.ask(keeper).body.at("name") == json::value{{"sealed", true}});
    const std::string manager = museum.token_of("ana", {"manage"});
    CHECK(museum.ask_as(manager, keeper + "?opened=true").status == 403);
    CHECK(events_of(museum, "access.sealed_fields_shown").empty());

    const std::string doctor = museum.token_of("doc", {"manage", "medical"});
    CHECK(museum.ask_as(doctor, keeper).body.at("name") == json::value{{"sealed", true}});
    const Answer opened = museum.ask_as(doctor, keeper + "?opened=true");
    REQUIRE(opened.status == 200);
    CHECK(opened.body.at("name") == "Lin Mei");
    const json::array shown = events_of(museum, "access.sealed_fields_shown");
    REQUIRE(shown.size() == 1);
    CHECK_THAT(std::string{shown[0].at("says").as_string()}, Catch::Contains("lin"));

    const json::object reason{{"reason", "kept long enough"}};
    CHECK(museum
              .ask_as(doctor, "POST /api/v1/subjects/keeper/lin/erasure", "Idempotency-Key: e\r\n",
                      &reason)
              .status == 403);
    CHECK(museum.ask("POST /api/v1/subjects/keeper/lin/erasure", "Idempotency-Key: e\r\n", &reason)
              .status == 200);
    CHECK(museum.ask_as(doctor, keeper + "?opened=true").body.at("name") ==
          json::value{{"sealed", true}});
    CHECK(events_of(museum, "access.sealed_fields_shown").size() == 1);
}

TEST_CASE("one token opens sealed fields at most sixty times a minute", "[server][access]") {
    Museum museum;
    museum.furnish();
    museum.order({{"command", "add_subject"},
                  {"by", "records"},
                  {"subject", "keeper/lin"},
                  {"in", "house"},
                  {"name", "Lin Mei"}},
                 "lin");
    unsigned last = 0;
    int opened = 0;
    for (int i = 0; i < 70 && last != 429; ++i) {
        last = museum.ask("GET /api/v1/subjects/keeper/lin?opened=true").status;
        opened += last == 200 ? 1 : 0;
    }
    CHECK(last == 429);
    CHECK(opened == 60);
    CHECK(events_of(museum, "access.sealed_fields_shown").size() == 60);
}
