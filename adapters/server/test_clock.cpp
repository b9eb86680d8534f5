#include "adapters/server/test_clock.hpp"

#include <chrono>
#include <thread>

#include "adapters/http/json_body.hpp"
#include "adapters/http/problem.hpp"

namespace dutylog::server {

namespace json = boost::json;

namespace {

/// Of this machine's time, for one step.
constexpr std::chrono::seconds settling_max{20};

/// @returns whether everything due was done in time
bool settle(const ClockFollowers& followers, Instant now) {
    const auto until = std::chrono::steady_clock::now() + settling_max;
    followers.wake();
    while (!followers.settled(now)) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return true;
}

bool live_until(TestClock& clock, const ClockFollowers& followers, Instant to) {
    if (!settle(followers, clock.wall())) return false;
    for (;;) {
        const auto next = followers.next();
        clock.move_to(next && *next < to ? *next : to);
        if (!settle(followers, clock.wall())) return false;
        if (clock.wall() >= to) return true;
    }
}

http::Response move(TestClock& clock, const ClockFollowers& followers, const http::Call& call) {
    const auto body = http::read_json(call.request.body);
    if (!body) return http::problem_response(body.error(), call.language);
    const json::object* object = body->if_object();
    const json::value* text = object == nullptr ? nullptr : object->if_contains("to");
    const auto to = text != nullptr && text->is_string()
                        ? parse_instant(std::string{text->as_string()})
                        : std::nullopt;
    if (!to)
        return http::problem_response(
            http::problem("bad_value",
                          {"`to` 应为时刻，如 2025-12-05T09:00+08:00。",
                           "`to` is an instant as 2025-12-05T09:00+08:00."},
                          "/to"),
            call.language);
    const bool settled = live_until(clock, followers, *to);
    return http::json_response(200, {{"now", to_string(clock.wall())}, {"settled", settled}});
}

}  // namespace

void TestClock::move_to(Instant to) {
    std::int64_t now = now_;
    while (to.micros > now && !now_.compare_exchange_weak(now, to.micros)) {
    }
}

http::RouteTable test_clock_routes(http::WorkQueue& queue, TestClock& clock,
                                   ClockFollowers followers) {
    return {{.method = http::Method::post,
             .path = "/api/v1/test/clock",
             .operation = "move_test_clock",
             .summary = {"移动测试时钟（仅在 --clock 下存在）",
                         "Move the clock of a service started with --clock, for tests"},
             .permission = "operate",
             .request_schema = "ClockMove",
             .response_schema = "ClockMoved",
             .problems = {"bad_value", "busy"},
             .handler = http::queued(
                 queue, [&clock, followers = std::move(followers)](const http::Call& call) {
                     return move(clock, followers, call);
                 })}};
}

json::object test_clock_schemas() {
    const json::object instant{{"type", "string"}, {"format", "date-time"}};
    return {
        {"ClockMove",
         {{"type", "object"}, {"required", json::array{"to"}}, {"properties", {{"to", instant}}}}},
        {"ClockMoved",
         {{"type", "object"},
          {"required", {"now", "settled"}},
          {"properties", {{"now", instant}, {"settled", {{"type", "boolean"}}}}}}}};
}

}  // namespace dutylog::server
