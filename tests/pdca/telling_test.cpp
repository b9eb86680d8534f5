#include <catch2/catch.hpp>

#include "engine/pdca/stored.hpp"
#include "tests/pdca/support/maintenance.hpp"

// Ladders, deliveries and what waits to be sent.

using namespace dutylog;              // NOLINT
using namespace dutylog::pdca;        // NOLINT
using namespace dutylog::pdca::test;  // NOLINT

namespace {

const std::string laddered = maintenance + "ladder: standard\naccountable: OHM\n";
const std::string first_rung = "duty/maintenance/fan/F1#1.cycle.0";

Act reported(const std::string& when, Delivery outcome, const std::string& notice = first_rung) {
    return on(when, "sender", RecordDelivery{notice, "eli", outcome, "mail", ""});
}

Act handed_over(const std::string& when, Instant arrived) {
    return on(
        when, "sender",
        RecordHandover{first_rung, "eli", "mail", "taken", "msg_1", sha256("letter"), arrived});
}

}  // namespace

TEST_CASE("a ladder is climbed: the owner, then the head and the manager, then the principal",
          "[pdca][telling]") {
    Play play{{laddered}};
    play.given({runs("2025-01-06"),
                on("2025-01-07", "pia",
                   fact("worker/eli", "holds_role",
                        Record::of({{"role", "head"}, {"person", Reference{"worker", "wes"}}})))});
    play.until("2025-03-27T09:00").then_among({"notice_planned reminder to eli"});
    play.until("2025-04-07T09:00").then({"notice_planned reminder to eli"});
    play.until("2025-04-08T09:00")
        .then(
            {"deadline_missed due 2025-04-07 overdue", "notice_planned escalation to wes to omar"});
    play.until("2025-04-14T09:00").then({"notice_planned escalation to pia"});
}

TEST_CASE("work that is done ends the ladder", "[pdca][telling]") {
    Play play{{laddered}};
    play.given({runs("2025-01-06"), serviced("2025-03-20"), tested("2025-03-21", 2)});
    play.until("2025-04-30").then_no("notice_planned");
}

TEST_CASE("rungs whose time had passed are recorded as skipped, not sent in a flood",
          "[pdca][telling]") {
    Play play{{laddered}};
    play.when(runs("2025-06-02").said_of("2025-01-06", "found in June"))
        .then_among({"notice_skipped 1"})
        .then_no("notice_planned");
}

TEST_CASE("a notice waits to be sent until it went out", "[pdca][telling]") {
    Play play{{laddered}};
    play.given({runs("2025-01-06")}).until("2025-03-27T09:00");
    REQUIRE(play.outbox().contains(first_rung + "@eli"));
    play.when(reported("2025-03-27T09:01", Delivery::sent))
        .then({"notice_delivery_recorded to eli"});
    CHECK(play.outbox().empty());
}

TEST_CASE("what went out and arrived is two facts of one command, each with its own time",
          "[pdca][telling]") {
    Play play{{laddered}};
    play.given({runs("2025-01-06")}).until("2025-03-27T09:00");
    const Instant went_out = moment("2025-03-27T09:01");
    const Instant arrived = went_out + seconds(2);
    play.when(handed_over("2025-03-27T09:01", arrived))
        .then({"notice_delivery_recorded to eli", "notice_delivery_recorded to eli"});
    CHECK(play.outbox().empty());
    const auto facts = play.outcome().append.events;
    REQUIRE(facts.size() == 2);
    CHECK(facts[0].effective.at == went_out);
    CHECK(facts[1].effective.at == arrived);
    const auto outcomes = {Delivery::sent, Delivery::delivered};
    auto outcome = outcomes.begin();
    for (const log::NewEvent& stored : facts) {
        CHECK(stored.actor == ActorId{"sender"});
        CHECK(stored.origin == log::Origin::outside);
        const auto fact = std::get<DeliveryRecorded>(
            EventCodec::decode(stored.type, stored.schema, stored.payload));
        CHECK(fact.outcome == *outcome++);
        CHECK(fact.content == sha256("letter"));
    }
}

TEST_CASE("what arrives at last, a day after it was planned, is told to nobody else",
          "[pdca][telling]") {
    Play play{{laddered}};
    play.given({runs("2025-01-06")}).until("2025-03-27T09:00");
    play.when(handed_over("2025-03-28T09:01", moment("2025-03-28T09:01")))
        .then({"notice_delivery_recorded to eli", "notice_delivery_recorded to eli"});
}

TEST_CASE("nothing arrives before it went out", "[pdca][telling]") {
    Play play{{laddered}};
    play.given({runs("2025-01-06")}).until("2025-03-27T09:00");
    play.when(handed_over("2025-03-27T09:01", moment("2025-03-27T09:00")))
        .then_refused("wrong_order");
    CHECK(play.outbox().contains(first_rung + "@eli"));
}

TEST_CASE("a notice that failed waits for the next attempt", "[pdca][telling]") {
    Play play{{laddered}};
    play.given({runs("2025-01-06")}).until("2025-03-27T09:00");
    play.when(reported("2025-03-27T09:01", Delivery::failed));
    CHECK(play.outbox().contains(first_rung + "@eli"));
}

TEST_CASE("after three failures the next in line is told instead", "[pdca][telling]") {
    Play play{{laddered}};
    play.given({runs("2025-01-06")}).until("2025-03-27T09:00");
    play.given({reported("2025-03-27T09:01", Delivery::failed),
                reported("2025-03-27T09:10", Delivery::failed)});
    play.when(reported("2025-03-27T09:20", Delivery::failed))
        .then({"notice_delivery_recorded to eli", "notice_planned undelivered to pia"});
    CHECK_FALSE(play.outbox().contains(first_rung + "@eli"));
    CHECK(play.outbox().contains(first_rung + "/next@pia"));
}

TEST_CASE("a notice that did not arrive within a day goes to the next in line", "[pdca][telling]") {
    Play play{{laddered}};
    play.given({runs("2025-01-06")}).until("2025-03-27T09:00");
    play.given({reported("2025-03-27T09:01", Delivery::sent)});
    play.until("2025-03-28T09:00").then({"notice_planned undelivered to pia"});
}

TEST_CASE("what was not sent when the work is over is not sent any more", "[pdca][telling]") {
    Play play{{laddered}};
    play.given({runs("2025-01-06")}).until("2025-03-27T09:00");
    play.given({serviced("2025-03-27T10:00"), tested("2025-03-27T11:00", 2)});
    CHECK(play.outbox().empty());
}

TEST_CASE("a report about a notice there never was is refused", "[pdca][telling]") {
    Play{{laddered}}
        .when(reported("2025-03-28", Delivery::sent, "duty/none/fan/F1#1.cycle.0"))
        .then_refused("unknown_notice");
}
