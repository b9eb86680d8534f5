#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "adapters/server/text_difference.hpp"
#include "tests/adapters/server/museum.hpp"

using namespace dutylog;
using namespace dutylog::test;
namespace json = boost::json;

namespace {

const std::string fan = "/api/v1/duties/fan-maintenance/unit/EF-07";

Answer post(const Museum& museum, const std::string& who, const std::string& path,
            const json::object& body) {
    return museum.ask_as(who, "POST /api/v1" + path, "", &body);
}

/// The definition of the fans with another interval.
json::object oftener(const Museum& museum) {
    const Answer shown = museum.ask("GET /api/v1/definitions/fan-maintenance");
    std::string text{shown.body.at("text").as_string()};
    for (const std::string from : {"every: 3 months", "due: 3 months"}) {
        const auto at = text.find(from);
        REQUIRE(at != std::string::npos);
        text[text.find('3', at)] = '2';
    }
    const auto tests = text.find("\ntests:");  // they say what three months give
    return {{"files", json::array{json::object{{"path", shown.body.at("file")},
                                               {"text", text.substr(0, tests + 1)}}}}};
}

std::string text_of(const json::array& lines) {
    std::string text;
    for (const json::value& each : lines)
        text += std::string{each.at("line").as_string()} +
                std::string{each.at("text").as_string()} + "\n";
    return text;
}

}  // namespace

TEST_CASE("a changed definition holds once a second person approves it", "[server][publishing]") {
    Museum museum;
    museum.furnish();
    const std::string zoe = museum.token_of("zoe", {"operate"});
    const Answer proposed = post(museum, museum.token, "/publications", oftener(museum));
    INFO(json::serialize(proposed.body));
    REQUIRE(proposed.status == 201);

    const std::string path =
        "/publications/" + std::string{proposed.body.at("proposal").as_string()};
    CHECK(museum.ask("POST /api/v1" + path + "/approval").status == 403);
    CHECK(museum.ask("GET /api/v1/definitions/fan-maintenance/versions")
              .body.at("versions")
              .as_array()
              .size() == 1);
    CHECK(museum.ask_as(zoe, "POST /api/v1" + path + "/approval").status == 200);
    CHECK(museum.ask("GET /api/v1" + path).status == 404);

    const Answer versions = museum.ask("GET /api/v1/definitions/fan-maintenance/versions");
    CHECK(versions.body.at("versions").as_array().size() == 2);
    CHECK(versions.body.at("versions").at(1).at("approver") == "zoe");
    const Answer difference = museum.ask("GET /api/v1/definitions/fan-maintenance/difference");
    CHECK_THAT(text_of(difference.body.at("lines").as_array()),
               Catch::Contains("-every: 3 months after completion\n") &&
                   Catch::Contains("+every: 2 months after completion\n"));
}

TEST_CASE("a proposal shows what it would move before anything is recorded",
          "[server][publishing]") {
    Museum museum;
    museum.furnish();
    const Answer proposed =
        post(museum, museum.token, "/definitions/fan-maintenance/retirement", json::object{});
    INFO(json::serialize(proposed.body));
    REQUIRE(proposed.status == 201);
    const json::array& changes = proposed.body.at("impact").at("changes").as_array();
    REQUIRE_FALSE(changes.empty());
    CHECK(changes[0].at("stream") == "duty/fan-maintenance/unit/EF-07");
    CHECK(museum.ask("GET " + fan).body.at("state").at("phase") == "scheduled");
}

TEST_CASE("a proposal falls when the library has changed under it", "[server][publishing]") {
    Museum museum;
    museum.furnish();
    const std::string zoe = museum.token_of("zoe", {"operate"});
    const auto propose = [&](const std::string& path, const json::object& body) {
        const Answer made = post(museum, museum.token, path, body);
        INFO(json::serialize(made.body));
        REQUIRE(made.status == 201);
        return "POST /api/v1/publications/" + std::string{made.body.at("proposal").as_string()} +
               "/approval";
    };
    const std::string first = propose("/definitions/humidity-log/retirement", json::object{});
    const std::string second = propose("/publications", oftener(museum));
    CHECK(museum.ask_as(zoe, first).status == 200);
    CHECK(museum.ask("GET /api/v1/definitions/humidity-log").status == 404);
    CHECK(museum.ask_as(zoe, second).status == 409);
}

TEST_CASE("texts are checked with places, and a library with errors is not proposed",
          "[server][publishing]") {
    Museum museum;
    json::object body = oftener(museum);
    json::value& file = body.at("files").at(0);
    file.at("text") = std::string{file.at("text").as_string()} + "\nodd: 1\n";
    const Answer checked = post(museum, museum.token, "/definitions/check", body);
    REQUIRE(checked.status == 200);
    CHECK(checked.body.at("errors") == 1);
    CHECK(checked.body.at("problems").at(0).at("line").to_number<int>() > 20);
    const Answer refused = post(museum, museum.token, "/publications", body);
    CHECK(refused.status == 422);
    CHECK_FALSE(refused.body.at("problems").as_array().empty());
    CHECK(museum.ask("GET /api/v1/publications").body.at("proposals").as_array().empty());
}

TEST_CASE("a table of rows is imported whole or not at all, and once", "[server][import]") {
    Museum museum;
    museum.furnish();
    const auto upload = [&](const std::string& query, const std::string& text) {
        RawClient client{museum.port};
        client.send("POST /api/v1/imports?" + query +
                    " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + museum.token +
                    "\r\nContent-Type: text/csv\r\nContent-Length: " + std::to_string(text.size()) +
                    "\r\n\r\n" + text);
        const std::string answer = client.read_answer();
        return Answer{status_of(answer), "", json::parse(body_of(answer)).as_object()};
    };
    const auto has = [&](const char* id) {
        return museum.ask(std::string{"GET /api/v1/subjects/object/"} + id).status == 200;
    };
    const Answer bad = upload("kind=object", "id,in\nbowl,north\njar,nowhere\n");
    CHECK(bad.status == 422);
    CHECK(bad.body.at("bad").at(0).at("line") == 3);
    CHECK(bad.body.at("bad").at(0).at("heading") == "in");
    CHECK_FALSE(has("bowl"));
    const std::string good = "id,in\nbowl,north\njar,south\n";
    CHECK(upload("kind=object&dry_run=true", good).body.at("imported") == false);
    CHECK_FALSE(has("bowl"));
    CHECK(upload("kind=object", good).body.at("imported") == true);
    CHECK(has("bowl"));
    CHECK(has("jar"));
    CHECK(upload("kind=object", good).body.at("repeated") == 2);
    CHECK(upload("kind=nonsense", good).status == 400);
}

TEST_CASE("texts are compared with as few changed lines as there can be", "[server][publishing]") {
    struct Case {
        const char* before;
        const char* after;
        const char* lines;
    };
    for (const auto& [before, after, lines] :
         {Case{"", "", ""}, Case{"a\nb\n", "a\nb\n", " a\n b\n"},
          Case{"a\nb\nc\n", "a\nc\n", " a\n-b\n c\n"}, Case{"", "a\n", "+a\n"},
          Case{"a\n", "", "-a\n"}, Case{"a\nb\nc\n", "a\nx\nc\n", " a\n-b\n+x\n c\n"},
          Case{"a\na\n", "a\n", " a\n-a\n"},
          Case{"1\n2\n3\n4\n", "1\n3\n5\n4\n", " 1\n-2\n 3\n+5\n 4\n"}})
        CHECK(text_of(server::text_difference(before, after)) == lines);
}
