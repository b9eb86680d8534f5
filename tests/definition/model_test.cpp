// What the text of the good library means, member by member.
#include <catch2/catch.hpp>

#include "engine/definition/load_bundle.hpp"
#include "engine/rule/print.hpp"
#include "tests/definition/library_folder.hpp"

using namespace dutylog;
using namespace dutylog::definition;
using namespace dutylog::definition::test;

namespace {

const LoadedBundle& loaded() {
    static const LoadedBundle result = load_bundle(good_library());
    REQUIRE(result.bundle != nullptr);
    return result;
}
const Definition& named(const std::string& id) { return loaded().bundle->definitions.at(id); }
const Step& step(const std::string& id, const std::string& step_id) {
    const Step* found = named(id).step(step_id);
    REQUIRE(found != nullptr);
    return *found;
}
std::string printed(const rule::ExpressionPtr& expression) {
    return expression == nullptr ? "" : rule::print(*expression);
}
using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("a library declares kinds, facts, roles and ladders", "[definition][library]") {
    const Library& library = loaded().bundle->library;
    CHECK(library.kinds.at("worker").person);
    CHECK(library.kinds.at("worker").parent == "site");
    CHECK(library.kinds.at("employer").parent.empty());
    const FactType& exposure = library.facts.at("exposure");
    CHECK(exposure.keep == Keep::latest_by);
    CHECK(exposure.key == "hazard");
    CHECK(exposure.access == "exposures");
    CHECK(exposure.fields[1].type.unit == "dB");
    CHECK(library.facts.at("enter_post").act);
    CHECK(library.facts.at("exam").keep == Keep::all);
    CHECK(library.facts.at("exam").fields[0].type.words == Words{"pre-post", "in-post", "leaving"});
    CHECK(library.facts.at("exam").fields[2].confidential == "medical");
    CHECK(library.roles.at("PR").principal);
    CHECK(library.roles.at("EQ").scope == "asset");
    const Ladder& standard = library.ladders.at("standard");
    REQUIRE(standard.rungs.size() == 4);
    CHECK(standard.rungs[0].before);
    CHECK(standard.rungs[0].period == Period{30, PeriodUnit::days});
    CHECK(standard.rungs[1].period.count == 0);
    CHECK_FALSE(standard.rungs[3].before);
    CHECK(standard.rungs[3].period == Period{5, PeriodUnit::working_days});
}

TEST_CASE("a derived field may name the fields of its subject without the subject",
          "[definition][library]") {
    const auto& derived = loaded().bundle->library.kinds.at("worker").derived;
    CHECK(printed(derived.at("post")) == "worker.assignment.post");
    CHECK(derived.at("post")->type.kind == rule::Kind::reference);
    CHECK(printed(derived.at("loudest")) == "worker.exposures.max(e, e.level)");
}

TEST_CASE("each way to open a cycle is read", "[definition][cycle]") {
    const Definition& exam = named("in-post-examination");
    CHECK(exam.repeat == Repeat::none);
    CHECK_FALSE(exam.upon);
    CHECK(exam.due.kind == ClockKind::date);
    CHECK(exam.open_before == Period{60, PeriodUnit::days});
    CHECK(exam.roll == calendar::Roll::none);
    const Definition& maintenance = named("facility-maintenance");
    CHECK(maintenance.repeat == Repeat::rolling);
    CHECK(maintenance.every == Period{3, PeriodUnit::months});
    CHECK(maintenance.valid_to == CivilDate{2040, 1, 1});
    CHECK(named("yearly-programme").repeat == Repeat::calendar_year);
    CHECK(named("yearly-programme").level == Level::programme);
    CHECK(named("detection-system").repeat == Repeat::anchored);
    CHECK(printed(named("detection-system").anchor) == "2019-01-31");
    CHECK(named("detection-system").tracked);
    const Definition& notice = named("change-notice");
    REQUIRE(notice.upon);
    CHECK(notice.upon->fact == "process_change");
    CHECK(printed(notice.upon->where) == "process_change.what != none");
    CHECK(notice.while_open == WhileOpen::merge);
}

TEST_CASE("each clock is read", "[definition][clock]") {
    CHECK(named("disease-report").due.kind == ClockKind::at_once);
    const Clock& transfer = step("in-post-examination", "act.transfer").due;
    CHECK(transfer.kind == ClockKind::at_once);
    CHECK(transfer.tolerance == Period{3, PeriodUnit::working_days});
    const Clock& window = named("leaving-examination").due;
    CHECK(window.kind == ClockKind::window);
    CHECK(printed(window.from) == "30 days before worker.leaving.last_day");
    CHECK(printed(window.due) == "worker.leaving.last_day");
    const Clock& report = step("in-post-examination", "check.report").due;
    CHECK(printed(report.due) == "30 working days after do.attend");
    CHECK(report.due->children[1].name == "do.attend");
    CHECK(step("in-post-examination", "do.attend").due.due == nullptr);
}

TEST_CASE("steps run in order unless they say otherwise", "[definition][step]") {
    CHECK(step("facility-maintenance", "do.prepare").after.empty());
    CHECK(step("facility-maintenance", "do.clean").after == Words{"do.prepare"});
    CHECK(step("facility-maintenance", "do.service").after == Words{"do.prepare", "do.clean"});
    CHECK(step("facility-maintenance", "check.count").after == Words{"check.look"});
    CHECK(step("in-post-examination", "act.disease").after.empty());  // together
}

TEST_CASE("what is not said is filled in", "[definition][step]") {
    CHECK(named("in-post-examination").met_by == "do.attend");
    CHECK(named("facility-maintenance").met_by == "do.service");
    CHECK(step("in-post-examination", "plan.call").owner == "MED");
    CHECK(step("in-post-examination", "do.attend").owner == "worker");
    CHECK(named("facility-maintenance").grace == Period{1, PeriodUnit::working_days});
    CHECK(named("facility-maintenance").informed == Words{"WS"});
}

TEST_CASE("outcomes, findings, measures, gates and approvals are read", "[definition][step]") {
    const Step& attend = step("in-post-examination", "do.attend");
    REQUIRE(attend.outcomes.size() == 3);
    CHECK(attend.outcomes[1].needs == Words{"reason", "signature"});
    CHECK(attend.outcomes[2].go == "plan.call");
    CHECK(attend.outcomes[2].at_most == 2);
    CHECK(attend.outcomes[2].then == "act.refusal");
    const Step& report = step("in-post-examination", "check.report");
    CHECK(report.findings[0].severity == "high");
    CHECK(report.findings[0].when->children[1].op == rule::Op::literal);
    CHECK(report.not_by == Words{"do.attend", "worker"});
    CHECK(report.evidence == Words{"report"});
    CHECK(report.signed_by.at("report") == Words{"MED"});
    CHECK(report.form[0].spec.confidential == "medical");
    CHECK(printed(report.form[1].must) == "score >= 0 and score <= 100");
    const Step& transfer = step("in-post-examination", "act.transfer");
    CHECK(transfer.upon_findings == Words{"contraindication"});
    CHECK(transfer.measure);
    CHECK(transfer.measure_title.en == "Move off the contraindicated post");
    CHECK(transfer.verified_by == "OHM");
    REQUIRE(transfer.gates.size() == 1);
    CHECK(transfer.gates[0].act == "enter_post");
    CHECK(printed(transfer.gates[0].closed_while) == "true");  // while the step is open
    REQUIRE(transfer.breached_by);
    CHECK(transfer.breached_by->fact == "enter_post");
    const Step& refusal = step("in-post-examination", "act.refusal");
    CHECK(refusal.upon_outcomes == Words{"refused", "absent"});
    CHECK(refusal.approve == Words{"WS", "HR"});
    CHECK(step("facility-maintenance", "act.repair").upon_findings == Words{"low-flow", "unclear"});
    CHECK(step("facility-maintenance", "check.count").self_check_reason ==
          "one person looks after all of them");
    CHECK(step("in-post-examination", "act.disease").run == "disease-report");
    CHECK(named("leaving-examination").gates.size() == 2);
    CHECK(named("in-post-examination").retention == "medical");
    CHECK(named("in-post-examination").access.at("medical") == Words{"MED", "worker"});
}

TEST_CASE("tests are kept as data", "[definition][test]") {
    REQUIRE(loaded().tests.size() == 2);
    const TestCase& first = loaded().tests[0];
    CHECK(first.definition == "in-post-examination");
    REQUIRE(first.given.size() == 3);
    CHECK(*first.given[1].values.find("level") == Value{Quantity{Decimal{88}, "dB"}});
    CHECK(*first.given[0].values.find("post") == Value{Reference{"post", "welding"}});
    CHECK(first.given[2].kind == GivenKind::complete);
    CHECK(first.given[2].by == "MED");
    CHECK(*first.given[2].values.find("exam_on") == Value{CivilDate{2025, 12, 10}});
    CHECK(first.at == CivilDate{2025, 12, 5});
    CHECK(first.expect.due == CivilDate{2026, 1, 2});
    CHECK(first.expect.open == Words{"do.attend"});
    CHECK(first.expect.overdue == Words{});
    CHECK_FALSE(first.expect.closed);
    const TestCase& second = loaded().tests[1];
    CHECK(second.at == CivilDate{2025, 3, 4});
    CHECK(second.given[2].at == parse_instant("2025-03-04T09:00:00+08:00"));
    CHECK(second.given[1].outcome == "refused");
    CHECK(second.given[1].evidence == Words{"letter"});
    CHECK(second.expect.breaches == std::vector{CivilDate{2025, 3, 3}});
    CHECK(*second.given[0].values.find("hazards") == Value{List{"noise", "lead"}});
}
