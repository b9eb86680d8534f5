#include <catch2/catch.hpp>

#include "tests/pdca/support/maintenance.hpp"

// The eight rules of the machine that no definition can switch off; a test that accepts and one
// that refuses for each. Here the four about the record, the other four in `rules_test.cpp`.

using namespace dutylog;              // NOLINT
using namespace dutylog::pdca;        // NOLINT
using namespace dutylog::pdca::test;  // NOLINT

namespace {

/// What has to stop at once, and whatever shows that it did not.
const std::string stop = R"(
id: stop
for: fan
upon: running where running.stopped == true
due: at once, tolerance 2 hours
owner: EQ
met_by: do.stop
do:
  stop: {title: {zh-CN: 停机, en: Stop}, breached_by: started}
)";

/// No work at a post without an examination.
const std::string no_entry = R"(
id: no-entry
for: worker
gates:
  no-exam:
    refuse: enter_post
    closed_while: not worker.exams.any(x, x.on <= act.on)
    tell: [OHM]
    say: {zh-CN: 未检查, en: not examined}
)";

Command enter(const std::string& worker = "worker/zhang") {
    return RequestAct{ref(worker), "enter_post", Record{}};
}

}  // namespace

// ---- 5: a gate refuses a request, hears a report, lets an override pass and keeps the breach ----

TEST_CASE("rule 5: a request through a closed gate is refused, durably and without effect",
          "[pdca][rules]") {
    Play play{{no_entry}};
    play.when(on("2025-03-10", "wes", enter()))
        .then({"gate_act_refused enter_post no-entry/no-exam", "notice_planned gate to omar"});
    CHECK(play.outcome().refusal->reason == "gate_closed");
    CHECK(play.world().breaches.empty());
}

TEST_CASE("rule 5: a request through an open gate is permitted", "[pdca][rules]") {
    Play play{{no_entry}};
    play.given({on("2025-03-09", "omar", fact("worker/zhang", "exam"))})
        .when(on("2025-03-10", "wes", enter()))
        .then({"gate_act_permitted enter_post"});
}

TEST_CASE("rule 5: a report through a closed gate is accepted and is a breach at the act",
          "[pdca][rules]") {
    Play play{{no_entry}};
    play.when(on("2025-03-12", "wes", fact("worker/zhang", "enter_post"))
                  .said_of("2025-03-10", "found on the roster"))
        .then({"fact_recorded enter_post of zhang", "gate_breached no-entry/no-exam"});
    REQUIRE(play.world().breaches.size() == 1);
    CHECK(play.world().breaches[0].due == moment("2025-03-10"));
}

TEST_CASE("rule 5: an override is a fact with a name and a reason, and the breach stays",
          "[pdca][rules]") {
    Play play{{no_entry}};
    play.when(on("2025-03-10", "pia",
                 OverrideGate{ref("worker/zhang"), "enter_post", Record{}, "rescue"}))
        .then({"gate_overridden enter_post no-entry/no-exam",
               "gate_breached no-entry/no-exam overridden"});
    play.when(
            on("2025-03-10", "pia", OverrideGate{ref("worker/zhang"), "enter_post", Record{}, ""}))
        .then_refused("no_reason");
}

TEST_CASE("rule 5: an open gate is not overridden", "[pdca][rules]") {
    Play{{no_entry}}
        .given({on("2025-03-09", "omar", fact("worker/zhang", "exam"))})
        .when(on("2025-03-10", "pia",
                 OverrideGate{ref("worker/zhang"), "enter_post", Record{}, "to be sure"}))
        .then_refused("gate_open");
}

// ---- 6: nothing is overwritten; what rested on a voided record is judged anew ----

TEST_CASE("rule 6: voiding the work that met a deadline opens it again", "[pdca][rules]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06"), serviced("2025-03-20")});
    const auto done = play.positions("step_completed do.service");
    play.when(on("2025-03-25", "omar", VoidRecords{done, "another fan"}))
        .then_among({"record_voided", "step_reopened do.service"});
    CHECK(play.world().breaches.empty());
    CHECK(play.positions("step_completed do.service") == done);
}

TEST_CASE("rule 6: voiding the work of a cycle that is over makes it missed after all",
          "[pdca][rules]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06"), serviced("2025-03-20"), tested("2025-03-21", 2)});
    play.when(on("2025-05-05", "omar",
                 VoidRecords{play.positions("step_completed do.service"), "invented"}))
        .then_among({"record_voided", "deadline_missed due 2025-04-07 rejudged"});
}

TEST_CASE("rule 6: a record that is not there cannot be voided", "[pdca][rules]") {
    Play{{maintenance}}
        .when(on("2025-03-25", "omar", VoidRecords{{9999}, "typing"}))
        .then_refused("unknown_position");
    Play{{maintenance}}
        .when(on("2025-03-25", "omar", VoidRecords{{1}, ""}))
        .then_refused("no_reason");
}

// ---- 7: a missed deadline leaves an event; late work ends the breach and does not undo it ----

TEST_CASE("rule 7: a deadline that passes is on the record at its end", "[pdca][rules]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06")}).until("2025-04-07T23:59").then_no("deadline_missed");
    play.until("2025-04-08T00:00").then({"deadline_missed due 2025-04-07 overdue"});
}

TEST_CASE("rule 7: late work ends the breach and does not undo it", "[pdca][rules]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06")});
    play.when(serviced("2025-04-10"))
        .then_among({"step_completed do.service", "deadline_met on 2025-04-10 late by 3"});
    CHECK(play.world().breaches.size() == 1);
}

TEST_CASE("rule 7: an early date claimed after the breach does not heal it", "[pdca][rules]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06")});
    play.when(serviced("2025-04-10").said_of("2025-04-02", "the sheet was in the van"))
        .then_among({"deadline_met on 2025-04-10 late by 3"});
    CHECK(play.world().breaches.size() == 1);
}

TEST_CASE("rule 7: work in time leaves no breach", "[pdca][rules]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06"), serviced("2025-04-07")}).until("2025-04-09").then({});
    CHECK(play.world().breaches.empty());
}

// ---- 8: at once is the moment of knowledge; late knowledge makes nobody guilty of the past ----

TEST_CASE("rule 8: at once is kept within its tolerance", "[pdca][rules]") {
    Play play{{stop}};
    play.given({on("2025-03-10T08:00", "omar",
                   fact("fan/F1", "running", Record::of({{"stopped", true}})))});
    play.when(on("2025-03-10T09:59", "eli", complete(duty("stop"), "do.stop")))
        .then({"step_completed do.stop", "deadline_met on 2025-03-10", "cycle_closed"});
    CHECK(play.world().breaches.empty());
}

TEST_CASE("rule 8: at once is breached when its tolerance passes", "[pdca][rules]") {
    Play play{{stop}};
    play.given({on("2025-03-10T08:00", "omar",
                   fact("fan/F1", "running", Record::of({{"stopped", true}})))});
    play.until("2025-03-10T12:00").then({"deadline_missed due 2025-03-10 overdue"});
}

TEST_CASE("rule 8: at once is breached by an act that contradicts it", "[pdca][rules]") {
    Play play{{stop}};
    play.given({on("2025-03-10T08:00", "omar",
                   fact("fan/F1", "running", Record::of({{"stopped", true}})))});
    play.when(on("2025-03-10T08:30", "eli", fact("fan/F1", "started")))
        .then({"fact_recorded started of F1", "deadline_missed due 2025-03-10 contradicted"});
}

TEST_CASE("rule 8: what was due before it was known is enforced from the day it is known",
          "[pdca][rules]") {
    Play play{{maintenance}};
    play.when(runs("2025-06-02").said_of("2025-01-06", "the fan was found in June"))
        .then_among({"cycle_scheduled 1 due 2025-04-07, enforced 2025-06-03"})
        .then_no("deadline_missed");
    play.until("2025-06-04T09:00").then_among({"deadline_missed due 2025-06-03 overdue"});
}
