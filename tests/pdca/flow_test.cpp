#include <catch2/catch.hpp>

#include "tests/pdca/support/play.hpp"

// Where outcomes lead, and definitions that a step runs.

using namespace dutylog;              // NOLINT
using namespace dutylog::pdca;        // NOLINT
using namespace dutylog::pdca::test;  // NOLINT

namespace {

const std::string examination = R"(
id: examination
for: worker
due: 2025-06-30
owner: OHM
met_by: do.attend
plan:
  book:   {title: {zh-CN: 预约, en: Book}}
  call:   {title: {zh-CN: 通知, en: Call}}
do:
  attend:
    title: {zh-CN: 参加, en: Attend}
    owner: worker
    outcomes:
      attended: {}
      refused: {go: act.refusal}
      absent: {go: plan.call, at_most: 1, then: act.refusal}
act:
  refusal:
    title: {zh-CN: 处理, en: Handle a refusal}
    upon: outcome refused, outcome absent
    due: 5 days after do.attend
)";

const StreamId exam = duty("examination", "worker/zhang");

Act done(const std::string& when, const std::string& step) {
    return on(when, "omar", complete(exam, step));
}
Act ends(const std::string& when, const std::string& outcome) {
    return on(when, "zhang", ended_as(exam, "do.attend", outcome));
}

/// A check that finds a suspicion starts the report.
const std::string screening = R"(
id: screening
for: worker
upon: exam
due: 30 days after exam.on
owner: OHM
met_by: do.read
do:
  read:
    title: {zh-CN: 判读, en: Read}
    form: {ill: {type: truth, required: true}}
    findings:
      ill: {when: ill == true, severity: high, title: {zh-CN: 疑似, en: Suspicion}}
act:
  start:
    title: {zh-CN: 启动报告, en: Start the report}
    upon: finding ill
    measure: {zh-CN: 报告, en: Report}
    owner: WS
    due: 1 day after do.read
    run: reporting
    verified_by: PR
)";
const std::string reporting = R"(
id: reporting
for: worker
upon: suspicion
due: 15 days after suspicion.known_on
owner: TU
do:
  report: {title: {zh-CN: 报告, en: Report}, done_by: report}
)";

Act suspected(const std::string& when) {
    return on(when, "omar",
              complete(duty("screening", "worker/zhang"), "do.read", Record::of({{"ill", true}})));
}

}  // namespace

TEST_CASE("an outcome that leads away does not meet the deadline", "[pdca][flow]") {
    Play play{{examination}};
    play.given({done("2025-02-03", "plan.book"), done("2025-02-04", "plan.call")});
    play.when(ends("2025-02-05", "refused"))
        .then({"step_completed do.attend as refused", "phase_entered act",
               "step_opened act.refusal for omar due 2025-02-10"});
}

TEST_CASE("going back opens the step again, and those after it wait for it", "[pdca][flow]") {
    Play play{{examination}};
    play.given({done("2025-02-03", "plan.book"), done("2025-02-04", "plan.call")});
    play.when(ends("2025-02-05", "absent"))
        .then({"step_completed do.attend as absent", "step_returned plan.call and again do.attend",
               "phase_entered plan"});
    play.when(done("2025-02-06", "plan.call"))
        .then({"step_completed plan.call", "phase_entered do", "step_opened do.attend for zhang"});
    play.when(ends("2025-02-07", "attended"))
        .then(
            {"step_completed do.attend as attended", "deadline_met on 2025-02-07", "cycle_closed"});
}

TEST_CASE("a way back that was taken often enough leads on", "[pdca][flow]") {
    Play play{{examination}};
    play.given({done("2025-02-03", "plan.book"), done("2025-02-04", "plan.call"),
                ends("2025-02-05", "absent"), done("2025-02-06", "plan.call")});
    play.when(ends("2025-02-07", "absent"))
        .then_among({"phase_entered act", "step_opened act.refusal for omar due 2025-02-12"});
}

TEST_CASE("a step sent back takes the steps after it with it", "[pdca][flow]") {
    Play play{{examination}};
    play.given({done("2025-02-03", "plan.book"), done("2025-02-04", "plan.call")});
    play.when(on("2025-02-05", "wes", ReturnStep{exam, 0, "plan.book", "wrong body"}))
        .then({"step_returned plan.book and again plan.call, do.attend", "phase_entered plan"});
}

TEST_CASE("a step with run opens a cycle of the other definition for the same subject",
          "[pdca][flow]") {
    Play play{{screening, reporting}};
    play.given({on("2025-02-03", "omar", fact("worker/zhang", "exam"))});
    play.when(suspected("2025-02-10"))
        .then_among({"step_opened act.start for wes due 2025-02-11", "duty_opened reporting",
                     "cycle_scheduled 1 due 2025-02-25", "step_opened do.report for tao"});
    const Duty* report = play.world().duty(duty("reporting", "worker/zhang"));
    REQUIRE(report != nullptr);
    CHECK(report->cycles.at(0).ran_by.step == "act.start");
}

TEST_CASE("the step is done when the cycle it ran is met", "[pdca][flow]") {
    Play play{{screening, reporting}};
    play.given({on("2025-02-03", "omar", fact("worker/zhang", "exam")), suspected("2025-02-10")});
    play.when(on("2025-02-11", "tao", fact("worker/zhang", "report")))
        .then_among({"step_satisfied do.report", "deadline_met on 2025-02-11", "cycle_closed",
                     "step_satisfied act.start"});
    play.when(on("2025-02-12", "pia",
                 VerifyMeasure{duty("screening", "worker/zhang"), 0, "act.start", true, ""}))
        .then({"measure_verified act.start", "cycle_closed"});
}

TEST_CASE("its owner may say before that the step is done", "[pdca][flow]") {
    Play play{{screening, reporting}};
    play.given({on("2025-02-03", "omar", fact("worker/zhang", "exam")), suspected("2025-02-10")});
    play.when(on("2025-02-11", "wes", complete(duty("screening", "worker/zhang"), "act.start")))
        .then({"step_completed act.start"});
    play.when(on("2025-02-12", "tao", fact("worker/zhang", "report")))
        .then_no("step_satisfied act.start");
}
