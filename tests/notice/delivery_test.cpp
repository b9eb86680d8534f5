#include "engine/notice/delivery.hpp"

#include <catch2/catch.hpp>

#include "engine/notice/breaker.hpp"
#include "engine/notice/endpoint.hpp"
#include "engine/notice/retry_after.hpp"

using namespace dutylog;
using namespace dutylog::notice;

namespace {

const Instant start = *parse_instant("2026-11-22T00:00:00Z");
const Outcome sent{.verdict = Verdict::sent, .receipt = "42"};
const Outcome no_answer = unanswered("connection refused");
const Outcome refused{.verdict = Verdict::rejected, .reason = "parameter"};
const Outcome broken{.verdict = Verdict::channel_broken, .reason = "token_unknown"};
const Outcome too_long{.verdict = Verdict::retry, .reason = "too_long", .repair = Repair::shorten};
const Outcome token_old{
    .verdict = Verdict::retry, .reason = "token_expired", .repair = Repair::renew_token};

/// The middle of the spread of ±20 %, in which a wait is what the schedule says.
std::uint64_t middle(Elapsed wait) { return static_cast<std::uint64_t>(wait.micros / 100 * 20); }

}  // namespace

TEST_CASE("a webhook is tried ten times over the schedule of the specification",
          "[notice][delivery]") {
    const std::int64_t waits_s[] = {5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400};
    Delivery delivery = planned(start);
    Instant now = start;
    for (const std::int64_t wait : waits_s) {
        delivery = after(delivery, no_answer, webhook_schedule(), now, middle(seconds(wait)));
        CHECK(delivery.next - now == seconds(wait));
        REQUIRE(delivery.phase == Delivery::Phase::waiting);
        now = delivery.next;
    }
    delivery = after(delivery, no_answer, webhook_schedule(), now, 0);
    CHECK(delivery.phase == Delivery::Phase::abandoned);
    CHECK(delivery.attempts == 10);
    CHECK(delivery.reason == "no_answer");
}

TEST_CASE("waits are spread by a fifth to both sides", "[notice][delivery]") {
    const auto first_wait = [](std::uint64_t random) {
        return after(planned(start), no_answer, webhook_schedule(), start, random).next - start;
    };
    CHECK(first_wait(0) == seconds(4));
    CHECK(first_wait(2'000'000) == seconds(6));
    CHECK(first_wait(2'000'001) == seconds(4));
    const Elapsed any = first_wait(0xffffffffffffffff);
    CHECK(any >= seconds(4));
    CHECK(any <= seconds(6));
}

TEST_CASE("a wait that the receiver asked for is never cut short", "[notice][delivery]") {
    Outcome asked = no_answer;
    asked.wait = minutes(10);
    for (const std::uint64_t random : {0ULL, 119'999'999ULL, 0xffffffffffffffffULL}) {
        const Delivery delivery = after(planned(start), asked, webhook_schedule(), start, random);
        CHECK(delivery.next - start >= minutes(10));
        CHECK(delivery.next - start <= minutes(12));
    }
    asked.wait = seconds(1);  // and the schedule is kept where it asks for less
    CHECK(after(planned(start), asked, webhook_schedule(), start, 0).next - start == seconds(4));
}

TEST_CASE("a limit that is met again asks for a longer wait", "[notice][delivery]") {
    const Outcome too_many{.verdict = Verdict::retry,
                           .reason = "too_many",
                           .wait = minutes(1),
                           .wait_repeated = minutes(10)};
    Delivery delivery = after(planned(start), too_many, chat_schedule(), start, 0);
    CHECK(delivery.next - start == minutes(1));
    delivery = after(delivery, too_many, chat_schedule(), start, 0);
    CHECK(delivery.next - start == minutes(10));
    delivery = after(delivery, no_answer, chat_schedule(), start, 0);
    delivery = after(delivery, too_many, chat_schedule(), start, 0);
    CHECK(delivery.same_reason == 1);
}

TEST_CASE("a reason that may stand three times ends the delivery the fourth time",
          "[notice][delivery]") {
    const Outcome busy{
        .verdict = Verdict::retry, .reason = "busy", .wait = seconds(30), .tries_max = 3};
    Delivery delivery = planned(start);
    for (int i = 0; i < 3; ++i) {
        delivery = after(delivery, busy, chat_schedule(), start, 0);
        CHECK(delivery.phase == Delivery::Phase::waiting);
    }
    CHECK(after(delivery, busy, chat_schedule(), start, 0).phase == Delivery::Phase::abandoned);
}

TEST_CASE("an attempt that ends the delivery ends it in its own way", "[notice][delivery]") {
    const Delivery taken = after(planned(start), sent, chat_schedule(), start, 0);
    CHECK(taken.phase == Delivery::Phase::sent);
    CHECK(taken.receipt == "42");
    CHECK(taken.over());
    CHECK(after(planned(start), refused, chat_schedule(), start, 0).phase ==
          Delivery::Phase::rejected);
    CHECK(after(planned(start), broken, chat_schedule(), start, 0).phase ==
          Delivery::Phase::channel_broken);
}

TEST_CASE("a message is shortened once and sent again at once", "[notice][delivery]") {
    const Delivery shortened = after(planned(start), too_long, chat_schedule(), start, 7);
    CHECK(shortened.phase == Delivery::Phase::waiting);
    CHECK(shortened.next == start);
    CHECK(shortened.has(Repair::shorten));
    CHECK(after(shortened, too_long, chat_schedule(), start, 7).phase == Delivery::Phase::rejected);
    CHECK(after(shortened, sent, chat_schedule(), start, 7).phase == Delivery::Phase::sent);
}

TEST_CASE("a token may expire again, but not on the attempt after it was renewed",
          "[notice][delivery]") {
    const Delivery renewed = after(planned(start), token_old, chat_schedule(), start, 0);
    CHECK(after(renewed, token_old, chat_schedule(), start, 0).phase ==
          Delivery::Phase::channel_broken);
    Delivery later = after(renewed, no_answer, chat_schedule(), start, 0);
    later = after(later, token_old, chat_schedule(), start, 0);
    CHECK(later.phase == Delivery::Phase::waiting);
    CHECK(later.repairs.size() == 1);
}

TEST_CASE("mail is tried for a day", "[notice][delivery]") {
    Delivery delivery = planned(start);
    Instant now = start;
    while (!delivery.over()) {
        delivery = after(delivery, no_answer, mail_schedule(), now, middle(hours(1)));
        now = std::max(now, delivery.next);
    }
    CHECK(delivery.attempts == 28);
    CHECK(now - start >= hours(24));
    CHECK(now - start <= hours(26));
}

TEST_CASE("a breaker opens after five failures and lets one probe through", "[notice][breaker]") {
    Breaker breaker;
    for (int i = 0; i < 4; ++i) breaker = after_failure(breaker, start);
    CHECK(may_send(breaker, start));
    breaker = after_failure(breaker, start);
    CHECK_FALSE(may_send(breaker, start + seconds(29)));
    REQUIRE(may_send(breaker, start + seconds(30)));
    const Instant probe = start + seconds(30);
    breaker = after_start(breaker, probe);
    CHECK_FALSE(may_send(breaker, probe));  // a second one waits
    CHECK(after_answer(breaker) == Breaker{});

    const Breaker again = after_failure(breaker, probe + seconds(15));
    CHECK_FALSE(may_send(again, probe + seconds(15 + 59)));
    CHECK(may_send(again, probe + seconds(15 + 60)));  // the pause has doubled
}

TEST_CASE("the pause of a breaker doubles up to a quarter of an hour", "[notice][breaker]") {
    Breaker breaker;
    for (int i = 0; i < 5; ++i) breaker = after_failure(breaker, start);
    Instant now = start;
    for (int i = 0; i < 100; ++i) {
        now = breaker.until;
        breaker = after_failure(after_start(breaker, now), now);
    }
    CHECK(breaker.until - now == minutes(15));
}

TEST_CASE("a probe that never came back does not keep the breaker open for ever",
          "[notice][breaker]") {
    Breaker breaker;
    for (int i = 0; i < 5; ++i) breaker = after_failure(breaker, start);
    breaker = after_start(breaker, breaker.until);
    CHECK(may_send(breaker, start + seconds(30) + minutes(1)));
}

TEST_CASE("an attempt from before the opening changes nothing", "[notice][breaker]") {
    Breaker breaker;
    for (int i = 0; i < 5; ++i) breaker = after_failure(breaker, start);
    CHECK(after_failure(breaker, start + seconds(20)) == breaker);
}

TEST_CASE("an endpoint that says it is gone is switched off", "[notice][endpoint]") {
    const Outcome gone{.verdict = Verdict::rejected, .reason = "gone"};
    CHECK(after(EndpointHealth{}, gone, start, start).position == EndpointHealth::Switch::off_gone);
    const EndpointHealth off = after(EndpointHealth{}, broken, start, start);
    CHECK(off.position == EndpointHealth::Switch::off_broken);
    CHECK_FALSE(may_send(off, start + hours(1000)));
}

TEST_CASE("an endpoint without a success for five days is switched off", "[notice][endpoint]") {
    EndpointHealth health = after(EndpointHealth{}, no_answer, start, start + seconds(15));
    const Instant late = start + hours(5 * 24);
    CHECK(after(health, no_answer, late - seconds(9), late - seconds(1)).position ==
          EndpointHealth::Switch::on);
    CHECK(after(health, no_answer, late - seconds(9), late).position ==
          EndpointHealth::Switch::off_silent);
    health = after(health, sent, late - hours(1), late - hours(1));
    CHECK(health == EndpointHealth{});
    CHECK(after(health, no_answer, late, late).position == EndpointHealth::Switch::on);
}

TEST_CASE("a refused message is no sign of a dead endpoint", "[notice][endpoint]") {
    EndpointHealth health;
    for (int i = 0; i < 10; ++i) health = after(health, refused, start, start);
    CHECK(health == EndpointHealth{});
}

TEST_CASE("Retry-After is read as seconds or as a date, and capped", "[notice][retry-after]") {
    const Instant now = *parse_instant("1994-11-06T08:49:07Z");
    const std::pair<const char*, std::optional<Elapsed>> cases[] = {
        {"0", seconds(0)},
        {"120", seconds(120)},
        {"007", seconds(7)},
        {"86400", hours(24)},
        {"86401", hours(24)},
        {"99999999999999999999999999", hours(24)},
        {"Sun, 06 Nov 1994 08:49:37 GMT", seconds(30)},
        {"Sunday, 06-Nov-94 08:49:37 GMT", seconds(30)},
        {"Sun Nov  6 08:49:37 1994", seconds(30)},
        {"Fri, 31 Dec 9999 23:59:59 GMT", hours(24)},
        {"Sat, 05 Nov 1994 08:49:37 GMT", seconds(0)},
        {"", std::nullopt},
        {"-1", std::nullopt},
        {"1.5", std::nullopt},
        {" 5", std::nullopt},
        {"1e3", std::nullopt},
        {"soon", std::nullopt},
        {"Sun, 06 Nov 1994 08:49:37 UTC", std::nullopt},
        {"Sun, 31 Nov 1994 08:49:37 GMT", std::nullopt},
        {"Sun, 06 Nov 1994 24:49:37 GMT", std::nullopt},
        {"Sun, 06 Nov 1994 08:49:37 GMT ", std::nullopt},
    };
    for (const auto& [text, expected] : cases) {
        CAPTURE(text);
        CHECK((parse_retry_after(text, now) == expected));
    }
}
