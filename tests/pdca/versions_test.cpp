#include <catch2/catch.hpp>

#include "tests/pdca/support/maintenance.hpp"

// Running cycles stay on the version of their definition; definitions begin and end on their days.

using namespace dutylog;              // NOLINT
using namespace dutylog::pdca;        // NOLINT
using namespace dutylog::pdca::test;  // NOLINT

namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
    text.replace(text.find(what), what.size(), by);
    return text;
}

/// Maintenance every month, and the test within a day.
const std::string stricter =
    replaced(replaced(replaced(maintenance, "every: 3 months", "every: 1 month"), "due: 3 months",
                      "due: 1 month"),
             "7 days after", "1 day after");

const std::string from_june =
    replaced(maintenance, "id: maintenance", "id: maintenance\neffective: {from: 2025-06-01}");
const std::string until_june = replaced(maintenance, "id: maintenance",
                                        "id: maintenance\neffective: {from: 2020-01-01, to: "
                                        "2025-04-01}");

}  // namespace

TEST_CASE("a running cycle keeps the dates of the version it is pinned to", "[pdca][versions]") {
    Play play{{maintenance}};
    play.given({runs("2025-01-06")});
    play.published("2025-02-03", {stricter}).then({"bundle_published"});
    play.when(serviced("2025-03-20"))
        .then({"step_completed do.service", "deadline_met on 2025-03-20", "phase_entered check",
               "step_opened check.airflow for omar due 2025-03-27",
               "cycle_scheduled 2 due 2025-04-21"});
}

TEST_CASE("a cycle is moved to the version in force by a command that someone else approves",
          "[pdca][versions]") {
    const auto migrate = [](const std::string& approver) {
        return on("2025-02-03", "omar", MigrateCycle{fan_duty, 1, ActorId{approver}, {}});
    };
    Play play{{maintenance}};
    play.given({runs("2025-01-06")});
    play.when(migrate("pia")).then_refused("same_version");
    play.published("2025-02-03", {stricter});
    play.when(migrate("omar")).then_refused("self_approval");
    play.when(migrate("pia")).then_among({"cycle_migrated", "deadline_moved due 2025-02-06"});
}

TEST_CASE("a cycle is not moved to a version that lacks one of its steps", "[pdca][versions]") {
    const std::string renamed = replaced(replaced(maintenance, "  service: {", "  overhaul: {"),
                                         "met_by: do.service", "met_by: do.overhaul");
    Play play{{maintenance}};
    play.given({runs("2025-01-06")}).until("2025-03-10");
    play.published("2025-03-11",
                   {replaced(renamed, "do.service\n    form", "do.overhaul\n    form")});
    play.when(on("2025-03-12", "omar", MigrateCycle{fan_duty, 1, ActorId{"pia"}, {}}))
        .then_refused("unknown_step");
    play.when(on("2025-03-12", "omar",
                 MigrateCycle{fan_duty, 1, ActorId{"pia"}, {"do.service=do.overhaul"}}))
        .then({"cycle_migrated"});
    play.when(on("2025-03-13", "eli", complete(fan_duty, "do.overhaul", {}, {"sheet=1"})))
        .then_among({"deadline_met on 2025-03-13"});
}

TEST_CASE("an open cycle of a retired definition runs to its end, and no other begins",
          "[pdca][versions]") {
    const std::string other = replaced(stricter, "id: maintenance", "id: something-else");
    Play play{{maintenance}};
    play.given({runs("2025-01-06")}).until("2025-03-10");
    play.published("2025-03-11", {other});
    play.when(serviced("2025-03-20"))
        .then({"step_completed do.service", "deadline_met on 2025-03-20", "phase_entered check",
               "step_opened check.airflow for omar due 2025-03-27"});
    play.when(tested("2025-03-21", 2))
        .then({"step_completed check.airflow", "finding_raised none in check.airflow",
               "cycle_closed", "duty_ended"});
}

TEST_CASE("a planned cycle of a retired definition does not open", "[pdca][versions]") {
    const std::string other = replaced(stricter, "id: maintenance", "id: something-else");
    Play play{{maintenance}};
    play.given({runs("2025-01-06")});
    play.published("2025-02-03", {other}).then_among({"bundle_published", "duty_ended"});
}

TEST_CASE("a definition that holds from a later day opens its duties on that day",
          "[pdca][versions]") {
    Play play{{from_june}};
    play.when(runs("2025-01-06")).then({"fact_recorded running of F1"});
    play.until("2025-05-31").then({});
    play.until("2025-06-01T00:00")
        .then_among({"definition_day_came maintenance begins", "duty_opened maintenance",
                     "cycle_scheduled 1 due 2025-04-07, enforced 2025-06-02"});
}

TEST_CASE("on the day a definition ends, what is open goes on and nothing new begins",
          "[pdca][versions]") {
    Play play{{until_june}};
    play.given({runs("2025-01-06")});
    play.until("2025-04-01T00:00").then_among({"definition_day_came maintenance ends"});
    play.when(serviced("2025-04-02"))
        .then({"step_completed do.service", "deadline_met on 2025-04-02", "phase_entered check",
               "step_opened check.airflow for omar due 2025-04-09"});
}
