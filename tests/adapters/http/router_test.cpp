#include "adapters/http/router.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include "adapters/http/cursor.hpp"
#include "adapters/http/etag.hpp"
#include "adapters/http/json_body.hpp"
#include "tests/adapters/http/raw_client.hpp"
#include "tests/adapters/http/running_server.hpp"

using namespace dutylog;
using namespace dutylog::test;
using http::Call;
using http::Method;
using http::Response;

namespace {

/// Lets `Bearer mei` do anything but what needs the permission `medical`.
class OneToken final : public http::Access {
public:
    std::expected<std::shared_ptr<const http::Caller>, http::Problem> check(
        const http::Route& route, const http::Head& head, const http::Peer&) override {
        if (route.permission.empty()) return nullptr;
        if (head.field("authorization") != "Bearer mei")
            return std::unexpected{http::problem("unauthenticated")};
        if (route.permission == "medical") return std::unexpected{http::problem("forbidden")};
        auto caller = std::make_shared<http::Caller>();
        caller->id = "mei";
        return caller;
    }
};

http::RouteTable plant_routes(http::WorkQueue& queue) {
    using http::ParameterType;
    http::RouteTable table;
    table.push_back(
        {.method = Method::get,
         .path = "/duties",
         .operation = "list_duties",
         .parameters = {{.name = "limit", .type = ParameterType::integer, .min = 1, .max = 100},
                        {.name = "on", .type = ParameterType::date},
                        {.name = "phase",
                         .type = ParameterType::choice,
                         .choices = {"planned", "doing"}}},
         .handler = http::at_once([](const Call& call) {
             return http::json_response(200, {{"limit", call.integer("limit", 20)}});
         })});
    table.push_back({.method = Method::get,
                     .path = "/duties/{duty}",
                     .operation = "read_duty",
                     .permission = "own",
                     .handler = http::queued(queue, [](const Call& call) {
                         return http::json_response(
                             200, {{"duty", call.path.at("duty")}, {"by", call.caller->id}});
                     })});
    table.push_back({.method = Method::get,
                     .path = "/duties/overdue",
                     .operation = "list_overdue",
                     .handler = http::at_once(
                         [](const Call&) { return http::json_response(200, {{"overdue", 0}}); })});
    table.push_back({.method = Method::post,
                     .path = "/duties/{duty}",
                     .operation = "work_on_duty",
                     .request_schema = "work",
                     .body_bytes_max = 100,
                     .handler = http::at_once([](const Call& call) -> Response {
                         const auto body = http::read_json(call.request.body);
                         if (!body) return http::problem_response(body.error(), call.language);
                         return http::json_response(201, {{"did", *body}});
                     })});
    table.push_back({.method = Method::get,
                     .path = "/medical",
                     .operation = "read_medical",
                     .permission = "medical",
                     .handler = http::at_once([](const Call&) { return Response{}; })});
    table.push_back({.method = Method::get,
                     .path = "/broken",
                     .operation = "broken",
                     .handler = http::queued(queue, [](const Call&) -> Response {
                         throw std::runtime_error{"the secret of the house"};
                     })});
    return table;
}

class Plant {
public:
    explicit Plant(std::size_t threads = 1, std::size_t queue_max = 10)
        : queue{threads, queue_max},
          router{plant_routes(queue),
                 access,
                 runtime,
                 {.language = Language::zh_cn,
                  .seen = {},
                  .answered = {},
                  .failed =
                      [this](const http::Route& route, std::string_view, std::string_view what) {
                          failure = route.operation + ": " + std::string{what};
                      }}},
          server{router} {}

    std::string ask(const std::string& line, const std::string& fields = "",
                    const std::string& body = "") {
        RawClient client{server.port()};
        client.send(
            line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields +
            (body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") +
            "\r\n" + body);
        return client.read_all();
    }

    OneToken access;
    clock::SystemRuntime runtime;
    std::string failure;
    http::WorkQueue queue;
    http::Router router;
    RunningServer server;
};

std::string text_in(const boost::json::object& object, std::string_view name) {
    return object.contains(name) ? std::string{object.at(name).as_string()} : "";
}

boost::json::object json_of(const std::string& answer) {
    return boost::json::parse(body_of(answer)).as_object();
}

const std::string json_type = "Content-Type: application/json\r\n";

}  // namespace

TEST_CASE("a request reaches the route of its method and path, and no other", "[http][router]") {
    Plant plant;
    CHECK(json_of(plant.ask("GET /duties?limit=7")).at("limit") == 7);
    CHECK(json_of(plant.ask("GET /duties/overdue")).at("overdue") == 0);
    const std::string duty = plant.ask("GET /duties/fan%2F7", "Authorization: Bearer mei\r\n");
    CHECK(json_of(duty).at("duty") == "fan/7");
    CHECK(json_of(duty).at("by") == "mei");
    CHECK(field_of(duty, "X-Content-Type-Options") == "nosniff");
}

TEST_CASE("each thing that is wrong has its status, its code and a pointer", "[http][router]") {
    struct Wrong {
        std::string line;
        std::string fields;
        std::string body;
        unsigned status;
        std::string code;
        std::string pointer;
    };
    const std::vector<Wrong> cases{
        {"GET /nothing", "", "", 404, "not_found", ""},
        {"GET /duties/a/b", "", "", 404, "not_found", ""},
        {"GET /duties/../medical", "", "", 400, "bad_path", ""},
        {"DELETE /duties", "", "", 405, "method_not_allowed", ""},
        {"GET /duties/a", "", "", 401, "unauthenticated", ""},
        {"GET /duties/a", "Authorization: Bearer zoe\r\n", "", 401, "unauthenticated", ""},
        {"GET /medical", "Authorization: Bearer mei\r\n", "", 403, "forbidden", ""},
        {"GET /duties?limit=0", "", "", 400, "bad_parameter", "?limit"},
        {"GET /duties?limit=101", "", "", 400, "bad_parameter", "?limit"},
        {"GET /duties?limit=1e2", "", "", 400, "bad_parameter", "?limit"},
        {"GET /duties?on=2025-02-30", "", "", 400, "bad_parameter", "?on"},
        {"GET /duties?phase=late", "", "", 400, "bad_parameter", "?phase"},
        {"GET /duties?limit=1&limit=2", "", "", 400, "bad_parameter", "?limit"},
        {"GET /duties?colour=red", "", "", 400, "unknown_parameter", "?colour"},
        {"GET /duties", "Accept: text/html\r\n", "", 406, "not_acceptable", ""},
        {"POST /duties/a", "Content-Type: text/plain\r\n", "{}", 415, "unsupported_media_type", ""},
        {"POST /duties/a", json_type + "Content-Encoding: gzip\r\n", "{}", 415,
         "unsupported_media_type", ""},
        {"POST /duties/a", json_type, "{\"a\": {\"b\": 1,}}", 400, "bad_json", "/a/b"},
    };
    Plant plant;
    for (const Wrong& one : cases) {
        INFO(one.line << " " << one.fields);
        const std::string answer = plant.ask(one.line, one.fields, one.body);
        CHECK(status_of(answer) == one.status);
        CHECK(field_of(answer, "Content-Type") == "application/problem+json");
        const auto body = json_of(answer);
        CHECK(text_in(body, "code") == one.code);
        CHECK(body.at("status") == one.status);
        CHECK(text_in(body, "type") == "urn:dutylog:problem:" + one.code);
        CHECK(text_in(body, "pointer") == one.pointer);
    }
}

TEST_CASE("a problem speaks the reader's language", "[http][router]") {
    Plant plant;
    const std::string chinese = plant.ask("GET /nothing");
    CHECK(json_of(chinese).at("title") == "未找到");
    CHECK(field_of(chinese, "Content-Language") == "zh-CN");
    const std::string english = plant.ask("GET /duties?limit=x", "Accept-Language: en\r\n");
    CHECK(json_of(english).at("detail") == "`limit`: expected a whole number from 1 to 100.");
    CHECK(field_of(english, "Content-Language") == "en");
    CHECK(field_of(english, "Vary") == "Accept-Language, Authorization");
}

TEST_CASE("methods of a path are told by OPTIONS and with 405", "[http][router]") {
    Plant plant;
    const std::string options = plant.ask("OPTIONS /duties/a");
    CHECK(status_of(options) == 204);
    CHECK(field_of(options, "Allow") == "GET, HEAD, POST, OPTIONS");
    CHECK(field_of(plant.ask("PUT /duties"), "Allow") == "GET, HEAD, OPTIONS");
    CHECK(status_of(plant.ask("OPTIONS *")) == 204);
    CHECK(status_of(plant.ask("OPTIONS /nothing")) == 404);
}

TEST_CASE("who has a version already is sent nothing", "[http][router][etag]") {
    Plant plant;
    const std::string first = plant.ask("GET /duties");
    const std::string etag = field_of(first, "ETag");
    CHECK(etag == http::etag_of(body_of(first)));
    const std::string again = plant.ask("GET /duties", "If-None-Match: \"x\", W/" + etag + "\r\n");
    CHECK(status_of(again) == 304);
    CHECK(body_of(again).empty());
    CHECK(field_of(again, "ETag") == etag);
    CHECK(status_of(plant.ask("GET /duties?limit=3", "If-None-Match: " + etag + "\r\n")) == 200);
    const std::string head = plant.ask("HEAD /duties");
    CHECK(field_of(head, "Content-Length") == field_of(first, "Content-Length"));
    CHECK(body_of(head).empty());
}

TEST_CASE("a body beyond the limit of its route is refused before it is read", "[http][router]") {
    Plant plant;
    const std::string text = "{\"a\": \"" + std::string(50, 'x') + "\"}";
    CHECK(status_of(plant.ask("POST /duties/a", json_type, text)) == 201);
    RawClient client{plant.server.port()};
    client.send("POST /duties/a HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n" + json_type +
                "\r\n");
    CHECK(status_of(client.read_answer()) == 413);
}

TEST_CASE("what a handler throws is told to the house and not to the client", "[http][router]") {
    Plant plant;
    const std::string answer = plant.ask("GET /broken");
    CHECK(status_of(answer) == 500);
    CHECK(json_of(answer).at("code") == "internal");
    CHECK(answer.find("secret") == std::string::npos);
    CHECK(plant.failure == "broken: the secret of the house");
}

TEST_CASE("where too much waits the answer is to come again, before anything is taken",
          "[http][router][queue]") {
    Plant plant{1, 0};
    const std::string answer = plant.ask("GET /duties/a", "Authorization: Bearer mei\r\n");
    CHECK(status_of(answer) == 503);
    CHECK(json_of(answer).at("code") == "busy");
    CHECK(field_of(answer, "Retry-After") == "1");
    CHECK(status_of(plant.ask("GET /duties")) == 200);  // what needs no queue goes on
}

TEST_CASE("a table in which two routes are one is refused", "[http][router]") {
    OneToken access;
    clock::SystemRuntime runtime;
    const auto router_of = [&](http::RouteTable table) {
        http::Router{std::move(table), access, runtime};
    };
    CHECK_THROWS(
        router_of({{.path = "/a/{b}", .operation = "x"}, {.path = "/a/{c}", .operation = "y"}}));
    CHECK_THROWS(router_of({{.path = "/a", .operation = "x"}, {.path = "/b", .operation = "x"}}));
    CHECK_NOTHROW(
        router_of({{.path = "/a/{b}", .operation = "x"}, {.path = "/a/c", .operation = "y"}}));
}
