#include <catch2/catch.hpp>

#include "tests/rule/world.hpp"

using namespace dutylog;
using namespace dutylog::rule;
using namespace dutylog::rule::test;

namespace {

struct Row {
    const char* text;
    Value value;
};

void check_table(const std::vector<Row>& rows) {
    for (const auto& [text, value] : rows) {
        INFO(text);
        CHECK(to_string(value_of(text)) == to_string(value));
        CHECK(value_of(text) == value);
    }
}

const Value none;

Decimal dec(const char* text) { return parse_decimal(text).value(); }
CivilDate day(const char* text) { return parse_civil_date(text).value(); }

}  // namespace

TEST_CASE("each operator gives what it says", "[rule][evaluate]") {
    check_table({
        {"1 + 2", 3},
        {"1 - 2", -1},
        {"2 * 3", 6},
        {"7 / 2", dec("3.5")},
        {"6 / 2", Decimal{3}},
        {"1 + 0.5", dec("1.5")},
        {"2 + 3 * 4", 14},
        {"(2 + 3) * 4", 20},
        {"10 - 3 - 2", 5},
        {"12 / 4 / 3", Decimal{1}},
        {"2 - -1", 3},
        {"0.6 m/s + 0.4 m/s", Quantity{1, "m/s"}},
        {"0.6 m/s - 0.4 m/s", Quantity{dec("0.2"), "m/s"}},
        {"2 * 0.6 m/s", Quantity{dec("1.2"), "m/s"}},
        {"0.6 m/s * 2", Quantity{dec("1.2"), "m/s"}},
        {"0.6 m/s / 2", Quantity{dec("0.3"), "m/s"}},
        {"0.6 m/s / 0.2 m/s", Decimal{3}},
        {"1 < 2", true},
        {"2 < 1", false},
        {"2 <= 2", true},
        {"2 > 2", false},
        {"2 >= 2.0", true},
        {"1 == 1.0", true},
        {"1 != 1", false},
        {"88 dB > 80 dB", true},
        {"\"a\" == \"a\"", true},
        {"\"a\" != \"a\"", false},
        {"2025-03-10 < 2025-03-11", true},
        {"12 months == 1 year", true},
        {"7 days == 1 week", true},
        {"60 minutes == 1 hour", true},
        {"30 days == 1 month", false},
        {"5 working days == 1 week", false},
        {"90 days < 6 months", true},
        {"true and false", false},
        {"true and true", true},
        {"false or true", true},
        {"false or false", false},
        {"not ready", false},
        {"2 in [1, 2]", true},
        {"3 in [1, 2]", false},
        {"\"noise\" in [\"noise\"]", true},
        {"3 in []", false},
        {"ready ? 1 : 2", 1},
        {"not ready ? 1 : 2", 2},
        {"[1, 2 + 3]", List{1, 5}},
    });
}

TEST_CASE("a comparison with none is false, arithmetic with none is none", "[rule][evaluate]") {
    check_table({
        {"last_completion", none},
        {"last_completion == none", true},
        {"last_completion != none", false},
        {"none == last_completion", true},
        {"do.attend == none", false},
        {"do.attend != none", true},
        {"nickname == title", false},
        {"nickname != title", false},
        {"not (nickname == title)", true},
        {"nickname == nickname", false},
        {"last_completion < on", false},
        {"last_completion >= on", false},
        {"nickname in [\"x\"]", false},
        {"15 days after last_completion", none},
        {"1 / 0", none},
        {"1 / 0 + 1", none},
        {"9223372036854775807 + 1", none},
        {"9223372036854775807 * 2", none},
        {"1 / 0 < 2", false},
        {"unsure", none},
        {"not unsure", true},
        {"unsure and ready", false},
        {"unsure or ready", true},
        {"unsure or false", false},
        {"unsure ? 1 : 2", 2},
        {"cell.anything", none},
        {"asset.facility.on", none},
        {"asset.facility.maintained", none},
    });
}

TEST_CASE("or gives the left side, or the right side where there is none", "[rule][evaluate]") {
    check_table({
        {"last_completion or on", today},
        {"do.attend or on", day("2025-04-01")},
        {"last_completion or asset.facility.on or due", day("2025-12-05")},
        {"last_completion or asset.facility.on", none},
        {"nickname or \"nobody\"", "nobody"},
        {"3 months after (last_completion or on)", day("2025-06-10")},
    });
}

TEST_CASE("quantities compare only in the same unit", "[rule][evaluate]") {
    check_table({
        {"reading == 88 dB", true},
        {"reading > 80 dB", true},
        {"reading > 0.5 m/s", none},
        {"reading == 0.5 m/s", none},
        {"reading != 0.5 m/s", none},
        {"not (reading > 0.5 m/s)", true},
        {"reading + 1 kPa", none},
        {"reading / 44 dB", Decimal{2}},
    });
}

TEST_CASE("a period counts from a date or an instant", "[rule][evaluate]") {
    check_table({
        {"15 days after on", day("2025-03-25")},
        {"15 days before on", day("2025-02-23")},
        {"1 month after 2025-01-31", day("2025-02-28")},
        {"2 weeks after 1 day before on", day("2025-03-23")},
        {"1 hour after opening", moment("2025-03-10T10:00+08:00")},
        {"3 days after opening", day("2025-03-13")},
        {"date(opening)", today},
        {"date(30 minutes before opening) == on", true},
        {"date(10 hours before opening)", day("2025-03-09")},
        {"days(on, due)", 270},
        {"days(due, on)", -270},
        {"days(on, last_completion)", none},
        {"earlier(on, due)", today},
        {"later(on, due)", day("2025-12-05")},
        {"earlier(last_completion, on)", today},
        {"later(on, last_completion)", today},
        {"earlier(last_completion, asset.facility.on)", none},
    });
}

TEST_CASE("a list is asked with its methods", "[rule][evaluate]") {
    check_table({
        {"worker.exposures.any(e, e.hazard == \"benzene\")", true},
        {"worker.exposures.any(e, e.hazard == \"benzene\" and e.level > 80 dB)", false},
        {"worker.exposures.all(e, e.level > 80 dB)", false},
        {"worker.exposures.filter(e, e.level > 80 dB).count()", 1},
        {"worker.exposures.filter(e, e.level > 80 dB).first().hazard", "noise"},
        {"worker.exposures.count()", 2},
        {"worker.exposures.count(e, e.level == none)", 1},
        {"worker.exposures.map(e, e.hazard)", List{"noise", "benzene"}},
        {"worker.exposures.first().hazard", "noise"},
        {"worker.exposures.last().on", day("2024-06-30")},
        {"worker.exposures.earliest(e, e.on)", day("2024-01-15")},
        {"worker.exposures.latest(e, e.at)", moment("2024-06-30T09:00+08:00")},
        {"worker.exposures.max(e, e.level)", dB(88)},
        {"worker.exposures.sum(e, e.level)", none},
        {"numbers.sum(n, n)", 6},
        {"numbers.sum(n, n * 1 dB)", dB(6)},
        {"numbers.max(n, n)", 3},
        {"numbers.min(n, n / 2)", dec("0.5")},
        {"numbers.filter(n, n > 5).max(n, n)", none},
        {"numbers.filter(n, n > 5).sum(n, n)", 0},
        {"numbers.filter(n, n > 5).sum(n, n * 1 dB)", dB(0)},
        {"numbers.filter(n, n > 5).any(n, true)", false},
        {"numbers.filter(n, n > 5).all(n, false)", true},
        {"numbers.filter(n, n > 5).first()", none},
        {"[6 months, 90 days, 1 year].shortest(p, p)", Period{90, PeriodUnit::days}},
        {"[6 months, 90 days, 1 year].longest(p, p)", Period{1, PeriodUnit::years}},
    });
}

TEST_CASE("a variable of a method hides an outer one of the same name", "[rule][evaluate]") {
    check_table({
        {"numbers.filter(on, on > 1)", List{3, 2}},
        {"numbers.map(n, numbers.count(m, m < n))", List{2, 0, 1}},
        {"numbers.map(n, numbers.filter(n, n > 1).count() + n)", List{5, 3, 4}},
    });
}

TEST_CASE("a table gives its row for the keys and the date, or none", "[rule][evaluate]") {
    check_table({
        {"table(\"exam-interval\", \"noise\", \"any\", on).interval",
         Period{12, PeriodUnit::months}},
        {"table(\"exam-interval\", \"noise\", III, on).interval", Period{12, PeriodUnit::months}},
        {"table(\"exam-interval\", \"benzene\", \"any\", on)", none},
        {"table(\"exam-interval\", \"benzene\", \"any\", due).interval",
         Period{6, PeriodUnit::months}},
        {"table(\"exam-interval\", \"benzene\", \"any\", last_completion)", none},
    });
}

TEST_CASE("a function sees its parameters and the environment", "[rule][evaluate]") {
    check_table({
        {"exam_interval(worker, worker.exposures.first())", Period{12, PeriodUnit::months}},
        {"worker.exposures.map(w, exam_interval(worker, w))",
         List{Period{12, PeriodUnit::months}, none}},
        {"worker.exposures.shortest(e, exam_interval(worker, e)) after on", day("2026-03-10")},
        {"examined_in(worker, in-post)", true},
        {"examined_in(worker, leaving)", false},
    });
}

TEST_CASE("a function asked about none gives none", "[rule][evaluate]") {
    CHECK(value_of("exam_interval(worker, worker.exposures.filter(e, false).first())") == none);
}

TEST_CASE("a sealed value is opened where it is looked at, and passed on sealed",
          "[rule][evaluate]") {
    check_table({
        {"conclusion == suspected", true},
        {"conclusion in [normal, other]", false},
        {"worker.exams.any(e, e.conclusion == contraindication)", true},
        {"worker.exams.last().conclusion == none", true},
        {"(worker.exams.last().conclusion or other) == other", true},
    });
    CHECK(value_of("conclusion").as<Sealed>() != nullptr);
    CHECK(value_of("worker.exams.first().conclusion or other").as<Sealed>() != nullptr);
}

TEST_CASE("an evaluation that takes too many steps is none", "[rule][evaluate][limits]") {
    TestEnvironment environment;
    environment.variables["numbers"] = List(400, Value{1});
    const auto run = [&](const char* text) { return evaluate(checked(text), environment); };
    CHECK(run("numbers.all(a, a == 1)") == Value{true});
    CHECK(run("numbers.all(a, numbers.all(b, a == b))") == none);
    CHECK(run("numbers.any(a, numbers.all(b, a == b) and false) == false") == none);
    CHECK(run("not numbers.all(a, numbers.all(b, a == b))") == none);
}

TEST_CASE("copies are paid for, so that no list grows beyond bounds", "[rule][evaluate][limits]") {
    std::string text = "numbers";
    for (int i = 0; i < 60; ++i) text = text + ".map(x, [x, x])";
    CHECK(value_of(text) == none);
}

TEST_CASE("a long list that is asked for again and again is paid for each time",
          "[rule][evaluate][limits]") {
    TestEnvironment environment;
    environment.variables["numbers"] = List(1'000, Value{1});
    CHECK(evaluate(checked("numbers.all(a, a == 1)"), environment) == Value{true});
    CHECK(evaluate(checked("numbers.map(a, numbers.count()).count()"), environment) == none);
}

TEST_CASE("a function that calls itself ends", "[rule][evaluate][limits]") {
    TestEnvironment environment;
    Expression body = parsed("endless(n) + 1");
    environment.functions["endless"] = {
        {"n"}, {of(Kind::integer)}, std::make_shared<Expression>(body)};
    CHECK(evaluate(parsed("endless(1)"), environment) == none);
}
