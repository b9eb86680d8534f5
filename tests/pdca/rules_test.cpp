#include <catch2/catch.hpp>

#include "tests/pdca/support/maintenance.hpp"

// The eight rules of the machine that no definition can switch off; a test that accepts and one
// that refuses for each.

using namespace dutylog;              // NOLINT
using namespace dutylog::pdca;        // NOLINT
using namespace dutylog::pdca::test;  // NOLINT

namespace {

/// Work that is approved by two others, one of whom may not be the doer.
const std::string approved = R"(
id: approved
for: fan where fan.running != none
due: 1 month after fan.running.on
owner: EQ
do:
  service:
    title: {zh-CN: 保养, en: Service}
    approve: all of [OHM, WS]
)";

const StreamId approved_duty = duty("approved");

Act service_of(const std::string& when, const std::string& by) {
    return on(when, by, complete(approved_duty, "do.service"));
}
Act approves(const std::string& when, const std::string& by, const std::string& role) {
    return on(when, by, ApproveStep{approved_duty, 0, "do.service", role});
}

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

// ---- 1: a phase ends with its required steps, their evidence, or a recorded decision ----------

TEST_CASE("rule 1: a phase ends when its steps are done with their evidence", "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06")})
        .when(serviced("2025-03-20"))
        .then({"step_completed do.service", "deadline_met on 2025-03-20", "phase_entered check",
               "step_opened check.airflow for omar due 2025-03-27",
               "cycle_scheduled 2 due 2025-06-20"});
}

TEST_CASE("rule 1: work without the evidence it demands is refused", "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06")})
        .when(on("2025-03-20", "eli", complete(fan_duty, "do.service")))
        .then_refused("missing_evidence");
}

TEST_CASE("rule 1: a step is left out by a recorded decision of someone else", "[pdca][rules]") {
    const LeaveOutSteps leave{fan_duty, 0, {"check.airflow"}, ActorId{"pia"}, "meter broken"};
    Play{{maintenance}}
        .given({runs("2025-01-06"), serviced("2025-03-20")})
        .when(on("2025-03-21", "omar", leave))
        .then({"steps_left_out check.airflow", "cycle_closed"});
    Play{{maintenance}}
        .given({runs("2025-01-06"), serviced("2025-03-20")})
        .when(on("2025-03-21", "pia", leave))
        .then_refused("self_approval");
}

TEST_CASE("rule 1: the step that the law asks for cannot be left out", "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06")})
        .when(on("2025-03-21", "omar",
                 LeaveOutSteps{fan_duty, 0, {"do.service"}, ActorId{"pia"}, "no time"}))
        .then_refused("law_deadline");
}

TEST_CASE("rule 1: a step whose turn has not come cannot be done", "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06")})
        .when(tested("2025-03-20", 2))
        .then_refused("step_not_open");
}

// ---- 2: who did the work does not check it, nobody approves their own case ---------------------

TEST_CASE("rule 2: someone else checks the work", "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06"), serviced("2025-03-20")})
        .when(tested("2025-03-21", 2))
        .then({"step_completed check.airflow", "finding_raised none in check.airflow",
               "cycle_closed"});
}

TEST_CASE("rule 2: who did the work does not check it", "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06"), serviced("2025-03-20")})
        .when(tested("2025-03-21", 2, "eli"))
        .then_refused("checker_is_doer");
}

TEST_CASE("rule 2: the doer may check where the definition says so and why", "[pdca][rules]") {
    std::string text = maintenance;
    text.replace(text.find("    owner: OHM\n"), 0, "    self_check: nobody else owns a meter\n");
    Play{{text}}
        .given({runs("2025-01-06"), serviced("2025-03-20")})
        .when(tested("2025-03-21", 2, "eli"))
        .then_among({"step_completed check.airflow", "cycle_closed"});
}

TEST_CASE("rule 2: work counts when everyone who must has approved it", "[pdca][rules]") {
    Play{{approved}}
        .given({runs("2025-01-06"), service_of("2025-01-10", "eli"),
                approves("2025-01-11", "omar", "OHM")})
        .when(approves("2025-01-12", "wes", "WS"))
        .then({"step_approved do.service as WS", "deadline_met on 2025-01-10", "cycle_closed"});
}

TEST_CASE("rule 2: nobody approves their own case", "[pdca][rules]") {
    Play{{approved}}
        .given({runs("2025-01-06"), service_of("2025-01-10", "omar")})
        .when(approves("2025-01-11", "omar", "OHM"))
        .then_refused("self_approval");
}

TEST_CASE("rule 2: only the holder of a role approves as that role", "[pdca][rules]") {
    Play{{approved}}
        .given({runs("2025-01-06"), service_of("2025-01-10", "eli")})
        .when(approves("2025-01-11", "wes", "OHM"))
        .then_refused("not_the_holder");
}

// ---- 3: every finding opens a measure; a cycle closes with all of them verified or carried ------

TEST_CASE("rule 3: a finding opens a measure with an owner and a deadline", "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06"), serviced("2025-03-20")})
        .when(tested("2025-03-21", 0))
        .then({"step_completed check.airflow", "finding_raised low-flow", "phase_entered act",
               "step_opened act.repair for eli due 2025-04-07"});
}

TEST_CASE("rule 3: a finding that no measure answers is refused", "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06"), serviced("2025-03-20")})
        .when(on("2025-03-21", "omar", RaiseFinding{fan_duty, 0, "rust", "", "high", ""}))
        .then_refused("no_measure");
}

TEST_CASE("rule 3: a measure that is done does not close the cycle, one that works does",
          "[pdca][rules]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06"), serviced("2025-03-20"), tested("2025-03-21", 0)})
        .when(repaired("2025-03-24"))
        .then({"step_completed act.repair"});
    play.when(verified("2025-03-25")).then({"measure_verified act.repair", "cycle_closed"});
}

TEST_CASE("rule 3: who carried out a measure does not say that it works", "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06"), serviced("2025-03-20"), tested("2025-03-21", 0),
                repaired("2025-03-24")})
        .when(verified("2025-03-25", "eli"))
        .then_refused("self_verification");
}

TEST_CASE("rule 3: a measure without effect is open again", "[pdca][rules]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06"), serviced("2025-03-20"), tested("2025-03-21", 0),
                repaired("2025-03-24")})
        .when(verified("2025-03-25", "pia", false))
        .then({"measure_verified act.repair without effect"});
    play.when(repaired("2025-03-26")).then({"step_completed act.repair"});
}

TEST_CASE("rule 3: no cycle is closed over an open measure", "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06"), serviced("2025-03-20"), tested("2025-03-21", 0)})
        .when(on("2025-03-24", "omar", CloseCycle{fan_duty, 1, ActorId{"pia"}, "enough"}))
        .then_refused("open_measure");
}

TEST_CASE("rule 3: a measure is carried on by a named approver, never by oneself",
          "[pdca][rules]") {
    const auto carry = [](const std::string& approver) {
        return on("2025-03-24", "eli",
                  CarryMeasure{fan_duty, 0, "act.repair", ActorId{approver}, "parts in May"});
    };
    Play play{{maintenance}};
    play.given({runs("2025-01-06"), serviced("2025-03-20"), tested("2025-03-21", 0)});
    play.when(carry("eli")).then_refused("self_approval");
    play.when(carry("pia"))
        .then({"measure_carried act.repair", "cycle_closed carrying act.repair"});
}

// ---- 4: every open step has a living owner and a deadline ---------------------------------------

TEST_CASE("rule 4: the holder of the role owns the step", "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06")})
        .until("2025-03-08")
        .then({"cycle_opened", "phase_entered do", "step_opened do.service for eli"});
}

TEST_CASE("rule 4: where nobody holds the role, the principal stands in and is told at once",
          "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06"), on("2025-02-01", "pia", holds("EQ", ""))})
        .until("2025-03-08")
        .then({"cycle_opened", "phase_entered do", "step_opened do.service for pia",
               "owner_missing do.service EQ", "notice_planned vacancy to pia"});
}

TEST_CASE("rule 4: a holder who leaves an open step leaves a vacancy, a new one ends it",
          "[pdca][rules]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06")});
    play.when(on("2025-03-10", "pia", holds("EQ", "")))
        .then({"fact_recorded holds_role of works", "owner_missing do.service EQ",
               "notice_planned vacancy to pia"});
    play.when(on("2025-03-11", "pia", holds("EQ", "zhang")))
        .then({"fact_recorded holds_role of works", "owner_found do.service zhang"});
}

TEST_CASE("rule 4: a step can only be given to somebody there is", "[pdca][rules]") {
    Play{{maintenance}}
        .given({runs("2025-01-06")})
        .when(on("2025-03-10", "omar",
                 ReassignStep{fan_duty, 0, "do.service", ActorId{"nobody"}, "ill"}))
        .then_refused("unknown_person");
}

// ---- 5: a gate refuses a request, hears a report, lets an override pass and keeps the breach
// -----

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

// ---- 6: nothing is overwritten; what rested on a voided record is judged anew
// --------------------

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

// ---- 7: a missed deadline leaves an event; late work ends the breach and does not undo it
// --------

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

// ---- 8: at once is the moment of knowledge; late knowledge makes nobody guilty of the past
// --------

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
