#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include "adapters/http/health.hpp"
#include "adapters/http/openapi.hpp"
#include "adapters/http/router.hpp"
#include "tests/adapters/http/raw_client.hpp"
#include "tests/adapters/http/running_server.hpp"

using namespace dutylog;
using namespace dutylog::test;
namespace json = boost::json;

namespace {

class Anyone final : public http::Access {
public:
    std::expected<std::shared_ptr<const http::Caller>, http::Problem> check(
        const http::Route&, const http::Head&, const http::Peer&) override {
        return nullptr;
    }
};

struct House {
    http::Health health;
    http::Metrics metrics;
    Anyone access;
    clock::SystemRuntime runtime;
    http::Router router{
        http::operating_routes(health, metrics),
        access,
        runtime,
        {.language = Language::en, .seen = http::watch_answers(metrics), .failed = {}}};
    RunningServer server{router};

    std::string ask(const std::string& path) {
        RawClient client{server.port()};
        client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        return client.read_all();
    }
};

http::RouteTable duty_routes() {
    http::Route read{.path = "/duties/{duty}", .operation = "read_duty"};
    read.summary = {"读取义务", "Read a duty"};
    read.permission = "own";
    read.parameters = {{.name = "known_at", .type = http::ParameterType::instant}};
    read.response_schema = "Duty";
    read.problems = {"not_found"};
    http::Route work{.method = http::Method::post, .path = "/duties/{duty}", .operation = "work"};
    work.request_schema = work.response_schema = "Duty";
    work.success = 201;
    return {read, work};
}

}  // namespace

TEST_CASE("readiness names each part that is not ready, in the reader's language",
          "[http][health]") {
    House house;
    CHECK(body_of(house.ask("/livez")) == "ok\n");
    CHECK(status_of(house.ask("/readyz")) == 200);
    std::optional<Text> fault = Text{"写入者已停止", "The writer has stopped."};
    house.health.add("writer", [&] { return fault; });
    house.health.add("clock", [] { return std::optional<Text>{}; });
    const std::string answer = house.ask("/readyz");
    CHECK(status_of(answer) == 503);
    CHECK_FALSE(field_of(answer, "Retry-After").empty());
    const auto body = json::parse(body_of(answer)).as_object();
    CHECK(json::serialize(body.at("faults")) ==
          R"([{"part":"writer","why":"The writer has stopped."}])");
    CHECK(status_of(house.ask("/livez")) == 200);
    fault.reset();
    CHECK(status_of(house.ask("/readyz")) == 200);
}

TEST_CASE("metrics show what the server and the routes have done", "[http][metrics]") {
    House house;
    http::show(house.metrics, house.server->counts());
    house.metrics.gauge("queue_depth", "Commands that wait.", {{"log", "a\"b"}}).set(7);
    house.ask("/livez");
    house.ask("/nothing");
    const std::string first = body_of(house.ask("/metrics"));
    CHECK_THAT(first, Catch::Contains("dutylog_http_requests_total 3\n"));
    CHECK_THAT(first, Catch::Contains(
                          "dutylog_http_answers_total{operation=\"livez\",status=\"200\"} 1\n"));
    CHECK_THAT(first, Catch::Contains(
                          "dutylog_http_answers_total{operation=\"none\",status=\"404\"} 1\n"));
    CHECK_THAT(first, Catch::Contains("queue_depth{log=\"a\\\"b\"} 7\n"));
    CHECK_THAT(first, Catch::Contains("# TYPE dutylog_http_answer_seconds histogram\n"));
    CHECK_THAT(body_of(house.ask("/metrics")), Catch::Contains("dutylog_http_requests_total 4\n"));
}

TEST_CASE("the description says what the table does", "[http][openapi]") {
    const json::object document = http::openapi(
        duty_routes(), {.title = "t", .version = "1", .schemas = {{"Duty", {{"type", "object"}}}}});
    CHECK(document.at("openapi") == "3.1.0");
    const json::object& read = document.at("paths").at("/duties/{duty}").at("get").as_object();
    CHECK(read.at("operationId") == "read_duty");
    CHECK(read.at("summary") == "Read a duty");
    CHECK(json::serialize(read.at("security")) == R"([{"token":[]}])");
    CHECK(
        json::serialize(read.at("parameters")) ==
        R"([{"name":"known_at","in":"query","required":false,"schema":{"type":"string","format":"date-time"}},)"
        R"({"name":"duty","in":"path","required":true,"schema":{"type":"string","minLength":1,"maxLength":512}}])");
    CHECK(read.at("responses").as_object().contains("404"));
    CHECK(read.at("responses").as_object().contains("401"));
    const json::object& work = document.at("paths").at("/duties/{duty}").at("post").as_object();
    CHECK(work.at("responses").as_object().contains("201"));
    CHECK(work.at("responses").as_object().contains("415"));
    CHECK_FALSE(work.at("responses").as_object().contains("401"));
    CHECK(work.contains("requestBody"));
    CHECK_THROWS_WITH(http::openapi(duty_routes(), {}),
                      Catch::Contains("no schema is called Duty"));
}
