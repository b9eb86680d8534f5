#include "engine/rule/checker.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/rule/world.hpp"

using namespace dutylog;
using namespace dutylog::rule;
using namespace dutylog::rule::test;

namespace {

std::string type_of(std::string_view text) { return to_string(checked(text).type); }

/// The one problem of the text.
TypeError problem(std::string_view text, const std::optional<Type>& wanted = {}) {
    const auto all = problems(text, wanted);
    INFO(text);
    for (const TypeError& each : all) UNSCOPED_INFO(to_string(each));
    REQUIRE(all.size() == 1);
    return all.front();
}

std::string marked(std::string_view text, Span span) {
    return std::string{text.substr(span.from, span.to - span.from)};
}

}  // namespace

TEST_CASE("every expression has a type", "[rule][check]") {
    struct Row {
        const char* text;
        const char* type;
    };
    const auto [text, type] = GENERATE(values<Row>({
        {"worker", "worker"},
        {"worker.exposures", "list of exposure"},
        {"worker.badge", "badge or none"},
        {"worker.badge.number", "integer or none"},
        {"worker.post.id", "text or none"},
        {"worker.site.id", "text"},
        {"last_completion", "date or none"},
        {"do.attend", "date or none"},
        {"last_completion or on", "date"},
        {"last_completion or do.attend", "date or none"},
        {"unsure or ready", "truth"},
        {"1 + 2", "integer"},
        {"1 + 2.5", "decimal"},
        {"4 / 2", "decimal or none"},
        {"speed * 2", "quantity m/s"},
        {"speed / 0.1 m/s", "decimal or none"},
        {"speed + 0.1 m/s", "quantity m/s"},
        {"reading + 0.1 m/s", "quantity m/s or none"},
        {"1 < 2", "truth"},
        {"reading > 80 dB", "truth or none"},
        {"15 days after due", "date"},
        {"15 days after last_completion", "date or none"},
        {"1 hour after opening", "instant"},
        {"3 days after opening", "date"},
        {"worker.exposures.shortest(e, exam_interval(worker, e)) after due", "date or none"},
        {"worker.exposures.shortest(e, exam_interval(worker, e)) after opening", "anything"},
        {"date(opening)", "date"},
        {"days(on, due)", "integer"},
        {"days(on, last_completion)", "integer or none"},
        {"earlier(on, last_completion)", "date"},
        {"earlier(do.attend, last_completion)", "date or none"},
        {"worker.exposures.filter(e, e.level > 80 dB)", "list of exposure"},
        {"worker.exposures.map(e, e.level)", "list of quantity dB or none"},
        {"worker.exposures.first()", "exposure or none"},
        {"worker.exposures.first().hazard", "text or none"},
        {"worker.exposures.latest(e, e.at)", "instant or none"},
        {"worker.exposures.sum(e, e.level)", "quantity dB or none"},
        {"numbers.sum(n, n)", "integer"},
        {"numbers.count()", "integer"},
        {"table(\"exam-interval\", \"noise\", \"any\", on)", "row of table exam-interval or none"},
        {"table(\"exam-interval\", \"noise\", I, on).interval", "period or none"},
        {"table(title, 1, on).whatever", "anything"},
        {"exam_interval(worker, worker.exposures.first())", "period or none"},
        {"examined_in(worker, leaving)", "truth"},
        {"ready ? 1 : 2.5", "decimal"},
        {"ready ? on : none", "date or none"},
        {"[1, 2.5]", "list of decimal"},
        {"[on, none]", "list of date or none"},
        {"[]", "list"},
        {"conclusion", "one of [normal, other, contraindication, suspected]"},
        {"ready ? conclusion : title", "text"},
        {"worker.exams.first().conclusion or normal",
         "one of [normal, other, contraindication, suspected]"},
        {"worker.exams.first().conclusion or \"unknown\"", "text"},
        {"worker.exams.first().conclusion or (ready ? \"normal\" : \"unknown\")", "text"},
        {"ready ? conclusion : \"unknown\"", "text"},
        {"ready ? \"unknown\" : conclusion", "text"},
        {"ready ? \"normal\" : conclusion", "one of [normal, other, contraindication, suspected]"},
    }));
    INFO(text);
    CHECK(type_of(text) == type);
}

TEST_CASE("a bare word is read by what the other side is", "[rule][check]") {
    const auto text = GENERATE(
        as<std::string>{}, "conclusion == suspected", "suspected == conclusion",
        "conclusion != normal", "conclusion in [normal, other]",
        "(ready ? conclusion : normal) == suspected", "conclusion == (ready ? normal : suspected)",
        "worker.exams.any(e, e.phase == in-post)",
        "worker.exams.any(e, e.conclusion == contraindication)",
        "suspected in worker.exams.map(e, e.conclusion)", "examined_in(worker, in-post)",
        "(worker.exams.first().conclusion or normal) == other",
        "table(\"exam-interval\", \"noise\", II, on) == none", "conclusion == \"suspected\"");
    INFO(text);
    CHECK(std::ranges::none_of(
        problems(text), [](const TypeError& each) { return each.severity == Severity::error; }));
}

TEST_CASE("a bare word is read by what is wanted", "[rule][check]") {
    const Type severity = words({"low", "high"});
    Expression expression = parsed("ready ? high : low");
    CHECK(check(expression, TestScope{}, severity).empty());
    CHECK(expression.children[1].literal == Value{"high"});
    CHECK(problem("hihg", severity).suggestions == std::vector<std::string>{"high"});
}

TEST_CASE("a mistake has a code, a place and a suggestion", "[rule][check][errors]") {
    struct Row {
        const char* text;
        TypeCode code;
        const char* place;
        const char* suggestion;
    };
    const auto row = GENERATE(values<Row>({
        {"wroker.exposures.count()", TypeCode::unknown_name, "wroker", "worker"},
        {"nothing_like_it", TypeCode::unknown_name, "nothing_like_it", ""},
        {"completions-1", TypeCode::unknown_name, "completions-1", "completions - 1"},
        {"completions-other", TypeCode::unknown_name, "completions-other", "completions - other"},
        {"do.atend", TypeCode::unknown_name, "do", ""},
        {"worker.expsures.count()", TypeCode::unknown_field, "expsures", "exposures"},
        {"worker.badge.numbre", TypeCode::unknown_field, "numbre", "number"},
        {"table(\"exam-interval\", \"x\", \"any\", on).intervall", TypeCode::unknown_field,
         "intervall", "interval"},
        {"table(\"exam-intervals\", \"x\", on)", TypeCode::unknown_table, "\"exam-intervals\"",
         "exam-interval"},
        {"table(\"exam-interval\", \"x\", on)", TypeCode::wrong_arguments,
         "table(\"exam-interval\", \"x\", on)", ""},
        {"table()", TypeCode::wrong_arguments, "table()", ""},
        {"table(\"exam-interval\", 5, \"any\", on)", TypeCode::wrong_type, "5", ""},
        {"table(\"exam-interval\", \"noise\", IV, on)", TypeCode::unknown_word, "IV", "I"},
        {"table(\"exam-interval\", \"noise\", I, opening)", TypeCode::date_and_instant, "opening",
         ""},
        {"exam_intervall(worker)", TypeCode::unknown_function, "exam_intervall", "exam_interval"},
        {"earlyer(on, due)", TypeCode::unknown_function, "earlyer", "earlier"},
        {"exam_interval(worker)", TypeCode::wrong_arguments, "exam_interval(worker)", ""},
        {"exam_interval(asset, worker.exposures.first())", TypeCode::wrong_type, "asset", ""},
        {"days(on)", TypeCode::wrong_arguments, "days(on)", ""},
        {"days(on, opening)", TypeCode::date_and_instant, "opening", ""},
        {"earlier(on, opening)", TypeCode::date_and_instant, "opening", ""},
        {"date(5)", TypeCode::wrong_type, "5", ""},
        {"conclusion == suspcted", TypeCode::unknown_word, "suspcted", "suspected"},
        {"conclusion == \"suspcted\"", TypeCode::unknown_word, "\"suspcted\"", "suspected"},
        {"conclusion in [normal, othr]", TypeCode::unknown_word, "othr", "other"},
        {"worker.exams.first().conclusion or suspcted", TypeCode::unknown_word, "suspcted",
         "suspected"},
        {"title == fan", TypeCode::unquoted_text, "fan", "\"fan\""},
        {"worker.exposures.any(e, e.hazard == benzene)", TypeCode::unquoted_text, "benzene",
         "\"benzene\""},
        {"speed > 5 dB", TypeCode::unit_mismatch, "speed > 5 dB", ""},
        {"speed + 5 dB", TypeCode::unit_mismatch, "speed + 5 dB", ""},
        {"speed > 5", TypeCode::not_comparable, "speed > 5", ""},
        {"title == 5", TypeCode::not_comparable, "title == 5", ""},
        {"title < \"x\"", TypeCode::no_order, "title < \"x\"", ""},
        {"ready < true", TypeCode::no_order, "ready < true", ""},
        {"last_completion < none", TypeCode::no_order, "none", ""},
        {"worker.exposures == worker.exposures", TypeCode::not_comparable,
         "worker.exposures == worker.exposures", ""},
        {"due == opening", TypeCode::date_and_instant, "due == opening", ""},
        {"due < opening", TypeCode::date_and_instant, "due < opening", ""},
        {"due + 5 days", TypeCode::period_plus_date, "due + 5 days", ""},
        {"5 days + due", TypeCode::period_plus_date, "5 days + due", ""},
        {"due - on", TypeCode::date_minus_date, "due - on", ""},
        {"title + \"x\"", TypeCode::no_arithmetic, "title + \"x\"", ""},
        {"speed * speed", TypeCode::no_arithmetic, "speed * speed", ""},
        {"2 / speed", TypeCode::no_arithmetic, "2 / speed", ""},
        {"5 after due", TypeCode::wrong_type, "5", ""},
        {"5 days after title", TypeCode::wrong_type, "title", ""},
        {"1 hour after due", TypeCode::hours_of_date, "1 hour after due", ""},
        {"title.length", TypeCode::no_fields, "length", ""},
        {"worker.badge.any(b, true == ready)", TypeCode::not_a_list, "worker.badge", ""},
        {"5 in 5", TypeCode::not_a_list, "5", ""},
        {"5 in [\"a\"]", TypeCode::not_comparable, "5 in [\"a\"]", ""},
        {"numbers.earliest(n, n)", TypeCode::wrong_type, "n", ""},
        {"numbers.shortest(n, n)", TypeCode::wrong_type, "n", ""},
        {"worker.exposures.max(e, e.on)", TypeCode::wrong_type, "e.on", ""},
        {"numbers.filter(n, n + 1)", TypeCode::wrong_type, "n + 1", ""},
        {"title and ready", TypeCode::wrong_type, "title", ""},
        {"not title", TypeCode::wrong_type, "title", ""},
        {"5 ? 1 : 2", TypeCode::wrong_type, "5", ""},
        {"ready ? on : 5", TypeCode::no_common_type, "5", ""},
        {"last_completion or opening", TypeCode::no_common_type, "opening", ""},
        {"[1, \"a\"]", TypeCode::no_common_type, "\"a\"", ""},
    }));
    INFO(row.text);
    const TypeError error = problem(row.text);
    INFO(to_string(error));
    CHECK(static_cast<int>(error.code) == static_cast<int>(row.code));
    CHECK((error.severity == Severity::error));
    CHECK(marked(row.text, error.span).ends_with(row.place));
    CHECK((error.suggestions.empty() ? "" : error.suggestions.front()) == row.suggestion);
    CHECK_FALSE(to_string(error).empty());
}

TEST_CASE("what needs no asking is a warning", "[rule][check][warnings]") {
    struct Row {
        const char* text;
        TypeCode code;
    };
    const auto row = GENERATE(values<Row>({
        {"on == none", TypeCode::never_none},
        {"on or due", TypeCode::never_none},
        {"true and ready", TypeCode::always_true},
        {"ready or false", TypeCode::always_false},
        {"not true", TypeCode::always_true},
        {"conclusion == other", TypeCode::ambiguous_word},
    }));
    INFO(row.text);
    const TypeError error = problem(row.text);
    CHECK(static_cast<int>(error.code) == static_cast<int>(row.code));
    CHECK((error.severity == Severity::warning));
}

TEST_CASE("the result must be what is wanted", "[rule][check]") {
    const Type date = of(Kind::date);
    CHECK(problems("15 days after due", date).empty());
    CHECK(problems("last_completion", none_or(date)).empty());
    CHECK((problem("last_completion", date).code == TypeCode::maybe_none));
    CHECK((problem("none", date).code == TypeCode::maybe_none));
    CHECK((problem("opening", date).code == TypeCode::date_and_instant));
    CHECK((problem("title", date).code == TypeCode::wrong_type));
    CHECK((problem("88 dB", quantity("m/s")).code == TypeCode::unit_mismatch));
    CHECK(problems("unsure", of(Kind::truth)).empty());
    CHECK((problem("true", of(Kind::truth)).code == TypeCode::always_true));
    CHECK((problem("worker.exposures", of(Kind::truth)).code == TypeCode::wrong_type));
    CHECK(problems("worker.exposures", list(named(Kind::record, "exposure"))).empty());
}

TEST_CASE("all problems are told, in the order of the text, each once", "[rule][check]") {
    const auto all = problems("wroker.exposures.any(e, e.hazrd == 5) and tilte == 5 and on + 1");
    std::vector<std::string> names;
    for (const TypeError& error : all) names.push_back(error.name);
    CHECK(names == std::vector<std::string>{"wroker", "tilte", ""});
}

TEST_CASE("a variable of a method hides a step and a variable outside", "[rule][check]") {
    CHECK(type_of("worker.exposures.map(do, do.on)") == "list of date");
    CHECK(type_of("numbers.map(title, title + 1)") == "list of integer");
    CHECK((problem("numbers.any(n, n > 1) and n > 1").code == TypeCode::unknown_name));
}

TEST_CASE("an error reads as a sentence", "[rule][check]") {
    CHECK(to_string(problem("worker.expsures.count()")) ==
          "worker has no field `expsures`; did you mean `exposures`");
    CHECK(to_string(problem("conclusion == suspcted")) ==
          "`suspcted` is not one of [normal, other, contraindication, suspected]; did you mean "
          "`suspected`");
    CHECK(to_string(problem("5 days after title")) == "expected date or none, found text");
    CHECK(to_string(problem("exam_interval(worker)")) == "`exam_interval` takes 2 arguments");
}
