#include <catch2/catch.hpp>

#include "tests/pdca/support/maintenance.hpp"

// The eight rules of the machine that no definition can switch off; a test that accepts and one
// that refuses for each. Here the four about work, the other four in `record_rules_test.cpp`.

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
