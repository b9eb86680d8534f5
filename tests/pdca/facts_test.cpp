#include <catch2/catch.hpp>

#include "tests/pdca/support/maintenance.hpp"

// Facts that come late, are corrected or never were; people who are away; turns that stand still.

using namespace dutylog;              // NOLINT
using namespace dutylog::pdca;        // NOLINT
using namespace dutylog::pdca::test;  // NOLINT

namespace {

/// A service is reported as a fact; a change is reviewed before it.
const std::string by_fact = R"(
id: by-fact
for: fan where fan.running != none
every: 3 months after completion
due: 3 months after (last_completion or fan.running.on)
owner: EQ
do:
  service: {title: {zh-CN: 保养, en: Service}, done_by: serviced where serviced.well == true}
)";
const std::string after_change = R"(
id: after-change
for: site
upon: change
due: 15 days after change.on
owner: WS
do:
  tell: {title: {zh-CN: 告知, en: Tell}}
)";

const StreamId fact_duty = duty("by-fact");

Act service_fact(const std::string& when, bool well = true) {
    return on(when, "eli", fact("fan/F1", "serviced", Record::of({{"well", well}})));
}
Act changed(const std::string& when) { return on(when, "wes", fact("site/north", "change")); }
Act corrected(Act act, Position which, const std::string& said_of) {
    std::get<RecordFact>(act.command).corrects = which;
    return act.said_of(said_of, "typing error");
}

}  // namespace

TEST_CASE("a fact of the subject does the work", "[pdca][facts]") {
    Play play{{by_fact}};
    play.given({runs("2025-01-06")});
    play.when(service_fact("2025-02-03", false)).then({"fact_recorded serviced of F1"});
    play.when(service_fact("2025-02-04"))
        .then_among({"step_satisfied do.service", "deadline_met on 2025-02-04", "cycle_closed",
                     "cycle_scheduled 2 due 2025-05-05"});
}

TEST_CASE("a fact that moves the base moves the deadline, by an event", "[pdca][facts]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06")});
    play.when(corrected(runs("2025-01-20"), play.positions("fact_recorded running of F1").front(),
                        "2025-01-10"))
        .then_among({"deadline_moved due 2025-04-10"});
}

TEST_CASE("a correction takes the place of the fact that met a deadline", "[pdca][facts]") {
    Play play{{by_fact}};
    play.given({runs("2025-01-06"), service_fact("2025-02-04")});
    const auto first = play.positions("fact_recorded serviced of F1").front();
    play.when(corrected(service_fact("2025-02-10"), first, "2025-02-06"))
        .then_among(
            {"completion_withdrawn 1 corrected to 2025-02-06", "deadline_moved due 2025-05-06"})
        .then_no("deadline_missed");
    CHECK(play.world().breaches.empty());
}

TEST_CASE("a correction that does not do the work leaves the deadline unmet", "[pdca][facts]") {
    Play play{{by_fact}};
    play.given({runs("2025-01-06"), service_fact("2025-02-04")});
    const auto first = play.positions("fact_recorded serviced of F1").front();
    play.when(corrected(service_fact("2025-05-12", false), first, "2025-02-04"))
        .then_among({"completion_withdrawn 1", "deadline_missed due 2025-04-07 rejudged"});
}

TEST_CASE("a voided occasion cancels its cycle, a corrected one moves it", "[pdca][facts]") {
    Play play{{after_change}};
    play.given({changed("2025-02-03")});
    const auto position = play.positions("fact_recorded change of north").front();
    SECTION("voided") {
        play.when(on("2025-02-04", "omar", VoidRecords{{position}, "another site"}))
            .then({"record_voided", "cycle_cancelled"});
    }
    SECTION("corrected") {
        play.when(corrected(changed("2025-02-06"), position, "2025-02-05"))
            .then_among({"occasion_joined", "deadline_moved due 2025-02-20"})
            .then_no("cycle_scheduled");
    }
}

TEST_CASE("voided work of a fact's cycle that is over has to be done again", "[pdca][facts]") {
    Play play{{after_change}};
    const StreamId tell = duty("after-change", "site/north");
    play.given({changed("2025-02-03"), on("2025-02-04", "wes", complete(tell, "do.tell"))});
    play.when(on("2025-02-05", "omar",
                 VoidRecords{play.positions("step_completed do.tell"), "never happened"}))
        .then({"record_voided", "completion_withdrawn 1", "cycle_scheduled 2 due 2025-02-18",
               "cycle_opened", "phase_entered do", "step_opened do.tell for wes"});
}

TEST_CASE("an absent owner's deputy gets the step", "[pdca][facts]") {
    Play play{{maintenance}};
    play.given(
        {runs("2025-01-06"), on("2025-03-01", "eli",
                                fact("worker/eli", "absence",
                                     Record::of({{"until", CivilDate{20179}},
                                                 {"deputy", Reference{"worker", "zhang"}}})))});
    play.until("2025-03-08").then_among({"step_opened do.service for zhang"});
}

TEST_CASE("a step is given to someone else", "[pdca][facts]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06")});
    play.when(on("2025-03-10", "omar",
                 ReassignStep{fan_duty, 0, "do.service", ActorId{"zhang"}, "ill"}))
        .then({"step_reassigned do.service to zhang"});
}

TEST_CASE("a step is postponed with approval, never past the deadline of the duty",
          "[pdca][facts]") {
    std::string planned = maintenance;
    planned.replace(planned.find("do:\n"), 4,
                    "plan:\n  order: {title: {zh-CN: 订货, en: Order}, due: 5 days after opening}\n"
                    "do:\n");
    const auto postpone = [](const std::string& until, const std::string& approver,
                             const std::string& step) {
        return on(
            "2025-03-10", "eli",
            PostponeStep{fan_duty, 0, step, *parse_civil_date(until), ActorId{approver}, "parts"});
    };
    Play play{{planned}};
    play.given({runs("2025-01-06")});
    play.when(postpone("2025-03-20", "eli", "plan.order")).then_refused("self_approval");
    play.when(postpone("2025-05-01", "omar", "plan.order")).then_refused("law_deadline");
    play.when(postpone("2025-03-20", "omar", "do.service")).then_refused("law_deadline");
    play.when(postpone("2025-03-20", "omar", "plan.order"))
        .then({"step_postponed plan.order due 2025-03-20 by omar"});
}

TEST_CASE("a suspended cycle stands still until it is resumed", "[pdca][facts]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06")});
    play.when(on("2025-03-10", "omar", SuspendCycle{fan_duty, 0, "plant closed"}))
        .then({"cycle_suspended"});
    play.until("2025-05-01").then({});
    play.when(serviced("2025-05-02")).then_refused("suspended");
    play.when(on("2025-05-03", "omar", ResumeCycle{fan_duty, 0}))
        .then({"cycle_resumed", "deadline_missed due 2025-04-07 overdue"});
}

TEST_CASE("a cycle is cancelled with a reason and an approver", "[pdca][facts]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06")});
    play.when(on("2025-03-10", "omar", CancelCycle{fan_duty, 0, ActorId{"omar"}, "scrapped"}))
        .then_refused("self_approval");
    play.when(on("2025-03-10", "omar", CancelCycle{fan_duty, 0, ActorId{"pia"}, ""}))
        .then_refused("no_reason");
}

TEST_CASE("a duty that no longer applies ends with its cycles", "[pdca][facts]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06")});
    play.when(on("2025-02-03", "eli", fact("fan/F1", "running", Record::of({{"stopped", true}}))))
        .then({"fact_recorded running of F1", "duty_ended"});
}
