#include <catch2/catch.hpp>

#include "engine/pdca/wheels.hpp"
#include "tests/pdca/support/maintenance.hpp"

// Systems and the programme: their state comes from their children.

using namespace dutylog;              // NOLINT
using namespace dutylog::pdca;        // NOLINT
using namespace dutylog::pdca::test;  // NOLINT

namespace {

const std::string fan_care = maintenance + "system: RS05\n";
const std::string facilities = R"(
kind: system
id: facilities
system: RS05
for: site
every: 12 months from 2025-01-01
owner: OHM
met_by: plan.list
plan: {list: {title: {zh-CN: 列表, en: List}}}
check:
  review:
    title: {zh-CN: 评审, en: Review}
    owner: WS
    findings:
      late-children: {when: children_overdue > 0, severity: high, title: {zh-CN: 逾期, en: Late}}
act:
  catch-up:
    title: {zh-CN: 追赶, en: Catch up}
    upon: finding late-children
    measure: {zh-CN: 追赶, en: Catch up}
    due: 30 days after check.review
    verified_by: PR
)";
const std::string programme = R"(
kind: programme
id: year
for: employer
every: calendar year
owner: OHM
plan: {write: {title: {zh-CN: 编制, en: Write}}}
)";

const StreamId system_duty = duty("facilities", "site/north");
const StreamId year_duty = duty("year", "employer/works");

const Duty& wheel(const Play& play, const StreamId& stream) {
    const Duty* found = play.world().duty(stream);
    REQUIRE(found != nullptr);
    return *found;
}

}  // namespace

TEST_CASE("an overdue child shows in its system and in the programme", "[pdca][wheels]") {
    Play play{{fan_care, facilities, programme}};
    play.given({runs("2025-01-06")});
    CHECK(wheel(play, system_duty).health == Health::sound);
    play.until("2025-04-08T00:00")
        .then_among({"deadline_missed due 2025-04-07 overdue", "health_changed failing"});
    CHECK(wheel(play, system_duty).health == Health::failing);
    CHECK(wheel(play, year_duty).health == Health::failing);
    play.when(serviced("2025-04-09"))
        .then_among({"deadline_met on 2025-04-09 late by 2", "health_changed sound"});
    CHECK(wheel(play, system_duty).health == Health::sound);
}

TEST_CASE("an open finding of a child strains its system until the measure works",
          "[pdca][wheels]") {
    Play play{{fan_care, facilities}};
    play.given({runs("2025-01-06"), serviced("2025-03-20")});
    play.when(tested("2025-03-21", 0)).then_among({"health_changed strained"});
    play.given({repaired("2025-03-24")});
    play.when(verified("2025-03-25")).then_among({"cycle_closed", "health_changed sound"});
}

TEST_CASE("a system counts the duties of its number that live in its subject", "[pdca][wheels]") {
    Play play{{fan_care, facilities, programme}};
    play.given({runs("2025-01-06")});
    const auto children = children_of(play.world(), wheel(play, system_duty));
    REQUIRE(children.size() == 1);
    CHECK(children[0]->stream == fan_duty);
    CHECK(children_of(play.world(), wheel(play, year_duty)).size() == 2);
    CHECK(play.world().tally_of(wheel(play, system_duty)).duties == 1);
}

TEST_CASE("the check of a system sees its overdue children and opens a measure", "[pdca][wheels]") {
    Play play{{fan_care, facilities}};
    play.given({runs("2025-01-06"), on("2025-04-09", "omar", complete(system_duty, "plan.list"))});
    play.when(on("2025-04-10", "wes", complete(system_duty, "check.review")))
        .then_among({"finding_raised late-children",
                     "step_opened act.catch-up for omar due "
                     "2025-05-12"});
}

TEST_CASE("a programme closes by itself when no child is open", "[pdca][wheels]") {
    Play play{{fan_care, programme}};
    play.given({runs("2025-01-06")});
    play.when(on("2025-01-20", "omar", complete(year_duty, "plan.write")))
        .then_among({"deadline_met on 2025-01-20", "cycle_closed"});
}

TEST_CASE("a programme with open children is closed by a named approver who carries them on",
          "[pdca][wheels]") {
    const auto close = [](const std::string& approver, const std::string& reason) {
        return on("2025-03-20", "omar", CloseCycle{year_duty, 1, ActorId{approver}, reason});
    };
    Play play{{fan_care, programme}};
    play.given({runs("2025-01-06")}).until("2025-03-10");
    play.when(on("2025-03-11", "omar", complete(year_duty, "plan.write")))
        .then_among({"deadline_met on 2025-03-11"})
        .then_no("cycle_closed");
    play.when(close("omar", "year over")).then_refused("self_approval");
    play.when(close("pia", "")).then_refused("no_reason");
    play.when(close("pia", "year over"))
        .then_among({"cycle_closed carrying duty/maintenance/fan/F1"});
    CHECK(wheel(play, year_duty).cycles.at(0).carried_in ==
          std::vector<std::string>{"duty/maintenance/fan/F1"});
}

TEST_CASE("a measure carried on belongs to the next cycle", "[pdca][wheels]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06"), serviced("2025-03-20"), tested("2025-03-21", 0)});
    play.given({on("2025-03-24", "eli",
                   CarryMeasure{fan_duty, 0, "act.repair", ActorId{"pia"}, "parts in May"})});
    play.given({serviced("2025-06-10")});
    play.when(tested("2025-06-11", 2))
        .then_among({"finding_raised none in check.airflow", "phase_entered act",
                     "step_opened act.repair for eli due 2025-06-26"});
}
