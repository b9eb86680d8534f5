#include <catch2/catch.hpp>

#include "tests/adapters/server/public/reminded.hpp"

using namespace dutylog;
using namespace dutylog::test;

TEST_CASE("the inbox holds what a person was told, and marks are deliveries of the log",
          "[server][inbox]") {
    Reminded museum;
    const std::string mei = museum.token_of("mei", {"own"});
    const std::string ana = museum.token_of("ana", {"own"});
    const auto inbox = [&](const std::string& who) {
        const Answer answer = museum.ask_as(who, "GET /api/v1/inbox");
        REQUIRE(answer.status == 200);
        return answer.body.at("entries").as_array();
    };
    REQUIRE(inbox(mei).size() == 1);
    const json::object entry = inbox(mei)[0].as_object();
    CHECK(entry.at("notice").as_string() == museum.notice);
    CHECK(entry.at("mark") == "new");
    CHECK(entry.at("open") == true);
    CHECK(entry.at("kind") == "reminder");
    CHECK(json::serialize(entry).find("Maintenance of the fans") != std::string::npos);
    CHECK(inbox(ana).empty());

    const auto mark = [&](const std::string& who, const std::string& word) {
        const json::object body{{"notice", museum.notice}, {"mark", word}};
        return museum.ask_as(who, "POST /api/v1/inbox", "", &body).status;
    };
    CHECK(mark(ana, "read") == 404);
    CHECK(mark(mei, "thrown away") == 422);
    CHECK(mark(mei, "read") == 204);
    CHECK(inbox(mei)[0].at("mark") == "read");
    CHECK(mark(mei, "acknowledged") == 204);
    CHECK(mark(mei, "acknowledged") == 204);
    CHECK(inbox(mei)[0].at("mark") == "acknowledged");
    CHECK(museum.events<pdca::DeliveryRecorded>().size() == 2);
    CHECK(museum.events<pdca::DeliveryRecorded>()[1].channel == "inbox");
}

TEST_CASE("the inbox can be asked for what is still to be done", "[server][inbox]") {
    Reminded museum;
    const std::string mei = museum.token_of("mei", {"own"});
    const auto open = [&] {
        return museum.ask_as(mei, "GET /api/v1/inbox?open=true").body.at("entries").as_array();
    };
    CHECK(open().size() == 1);
    museum.serviced();
    CHECK(open().empty());
    CHECK(museum.ask_as(mei, "GET /api/v1/inbox?limit=1").body.at("entries").as_array().size() ==
          1);
    CHECK(museum.ask_as("", "GET /api/v1/inbox").status == 401);
}
