#include "adapters/server/public/calendar.hpp"

#include <libical/ical.h>

#include <catch2/catch.hpp>

#include "tests/adapters/server/public/reminded.hpp"

using namespace dutylog;
using namespace dutylog::test;

namespace {

std::string path_of_feed(const Museum& museum, const std::string& person) {
    const Answer told = museum.ask_as(museum.token_of(person, {"own"}), "GET /api/v1/calendar");
    REQUIRE(told.status == 200);
    const std::string url{told.body.at("url").as_string()};
    REQUIRE(url.starts_with("https://duty.example.com/calendar/"));
    return url.substr(std::string{"https://duty.example.com"}.size());
}

std::size_t events_in(const std::string& calendar) {
    icalcomponent* const root = icalparser_parse_string(calendar.c_str());
    REQUIRE(root != nullptr);
    CHECK(icalcomponent_count_errors(root) == 0);
    const auto count = icalcomponent_count_components(root, ICAL_VEVENT_COMPONENT);
    icalcomponent_free(root);
    return static_cast<std::size_t>(count);
}

}  // namespace

TEST_CASE("a calendar program reads what a person owes at a secret address", "[server][calendar]") {
    Reminded museum;
    const std::string path = path_of_feed(museum, "mei");
    const std::string answer = museum.get(path);
    CHECK(status_of(answer) == 200);
    CHECK(field_of(answer, "Content-Type") == "text/calendar; charset=utf-8");
    CHECK(events_in(body_of(answer)) == 1);
    CHECK_THAT(body_of(answer), Catch::Contains("DTSTART;VALUE=DATE:20250610") &&
                                    Catch::Contains("Maintenance of the fans") &&
                                    Catch::Contains("EF-07"));
    CHECK(events_in(body_of(museum.get(path_of_feed(museum, "ana")))) == 0);
    CHECK(status_of(museum.get("/calendar/AAAA.ics")) == 404);
    CHECK(status_of(museum.get("/calendar/AAAA")) == 404);
    // What a message links to is no calendar.
    const std::string other = museum.path(notice::LinkPurpose::open, "mei");
    CHECK(status_of(museum.get("/calendar/" + other.substr(3) + ".ics")) == 404);
}

TEST_CASE("a calendar is sent again only when it shows something else", "[server][calendar]") {
    Reminded museum;
    const std::string path = path_of_feed(museum, "mei");
    const std::string etag = field_of(museum.get(path), "ETag");
    REQUIRE_FALSE(etag.empty());
    const auto again = [&] {
        RawClient client{museum.port};
        client.send("GET " + path +
                    " HTTP/1.1\r\nHost: a\r\nAccept-Language: en\r\nIf-None-Match: " + etag +
                    "\r\n\r\n");
        return status_of(client.read_answer());
    };
    CHECK(again() == 304);
    museum.post(museum.path(notice::LinkPurpose::acknowledge, "mei"));
    CHECK(again() == 304);
    museum.serviced();
    CHECK(again() == 200);
}

TEST_CASE("a date that moves has a higher number", "[server][calendar]") {
    Reminded museum;
    museum.serviced();
    const std::string path = path_of_feed(museum, "omar");
    CHECK_THAT(body_of(museum.get(path)),
               Catch::Contains("SEQUENCE:0") && Catch::Contains("DTSTART;VALUE=DATE:20250604"));
    museum.post(museum.path(notice::LinkPurpose::postpone, "omar"),
                "step=check.speed&approver=ana&until=2025-06-08&reason=late");
    CHECK_THAT(body_of(museum.get(path)), Catch::Contains("DTSTART;VALUE=DATE:20250604"));
    museum.notice = museum.events<pdca::NoticePlanned>().back().notice;
    museum.post(museum.path(notice::LinkPurpose::grant, "ana"));
    CHECK_THAT(body_of(museum.get(path)),
               Catch::Contains("SEQUENCE:1") && Catch::Contains("DTSTART;VALUE=DATE:20250608"));
}

TEST_CASE(
    "a cycle that is suspended or cancelled is shown as cancelled for 30 days, with a higher "
    "number each time",
    "[server][calendar]") {
    Reminded museum;
    const std::string path = path_of_feed(museum, "mei");
    const auto shown = [&] { return body_of(museum.get(path)); };
    const auto order = [&](const char* command, json::object more) {
        more["command"] = command;
        more["duty"] = "fan-maintenance";
        more["of"] = "EF-07";
        return museum.order(more, command).status;
    };
    CHECK_THAT(shown(), Catch::Contains("STATUS:CONFIRMED") && Catch::Contains("SEQUENCE:0"));
    REQUIRE(order("suspend_cycle", {{"reason", "shut"}}) == 200);
    CHECK_THAT(shown(), Catch::Contains("STATUS:CANCELLED") && Catch::Contains("SEQUENCE:1"));
    REQUIRE(order("resume_cycle", {}) == 200);
    CHECK_THAT(shown(), Catch::Contains("STATUS:CONFIRMED") && Catch::Contains("SEQUENCE:2"));
    REQUIRE(order("cancel_cycle", {{"approver", "ana"}, {"reason", "sold"}}) == 200);
    CHECK_THAT(shown(), Catch::Contains("STATUS:CANCELLED") && Catch::Contains("SEQUENCE:3") &&
                            Catch::Contains("DTSTART;VALUE=DATE:20250610"));
    museum.restart_at(24 * 31);
    CHECK(shown().find("STATUS:CANCELLED") == std::string::npos);
}
