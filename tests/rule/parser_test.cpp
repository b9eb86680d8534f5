#include "engine/rule/parser.hpp"

#include <catch2/catch.hpp>

#include "engine/rule/print.hpp"
#include "tests/rule/world.hpp"

using namespace dutylog;
using namespace dutylog::rule;
using test::parsed;

namespace {

ParseError error_of(std::string_view text) {
    const auto expression = parse(text, {.units = test::units});
    INFO(text);
    REQUIRE_FALSE(expression);
    return expression.error();
}

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

struct Pair {
    const char* text;
    const char* grouped;
};

}  // namespace

TEST_CASE("operators bind as the grammar says", "[rule][parse]") {
    const auto [text, grouped] = GENERATE(values<Pair>({
        {"a or b and c", "a or (b and c)"},
        {"a or b or c", "(a or b) or c"},
        {"a and b and c", "(a and b) and c"},
        {"not a and b", "(not a) and b"},
        {"not a == b", "not (a == b)"},
        {"a == b and c != d", "(a == b) and (c != d)"},
        {"a + b < c - d", "(a + b) < (c - d)"},
        {"a in b + c", "a in (b + c)"},
        {"a + b * c", "a + (b * c)"},
        {"a - b - c", "(a - b) - c"},
        {"a / b / c", "(a / b) / c"},
        {"a * 3 months after b", "a * (3 months after b)"},
        {"1 day after 2 days before b", "1 day after (2 days before b)"},
        {"3 months after a or b", "(3 months after a) or b"},
        {"15 days after a.b.c", "15 days after (a.b.c)"},
        {"15 days after a <= b", "(15 days after a) <= b"},
        {"a ? b : c ? d : e", "a ? b : (c ? d : e)"},
        {"a or b ? c : d", "(a or b) ? c : d"},
        {"a ? b ? c : d : e", "a ? (b ? c : d) : e"},
    }));
    INFO(text);
    CHECK(same(parsed(text), parsed(grouped)));
}

TEST_CASE("a literal is read as its value", "[rule][parse]") {
    struct Literal {
        const char* text;
        Value value;
    };
    const auto [text, value] = GENERATE(values<Literal>({
        {"5", 5},
        {"-5", -5},
        {"5.0", 5},
        {"0.6", *parse_decimal("0.6")},
        {"0.6 m/s", Quantity{*parse_decimal("0.6"), "m/s"}},
        {"88 dB", Quantity{88, "dB"}},
        {"88dB", Quantity{88, "dB"}},
        {"12 %", Quantity{12, "%"}},
        {"-1.2 mg/m3", Quantity{*parse_decimal("-1.2"), "mg/m3"}},
        {"3 m", Quantity{3, "m"}},
        {"1 day", Period{1, PeriodUnit::days}},
        {"5 working days", Period{5, PeriodUnit::working_days}},
        {"5 working  day", Period{5, PeriodUnit::working_days}},
        {"12 months", Period{12, PeriodUnit::months}},
        {"1 hour", Period{1, PeriodUnit::hours}},
        {"90 minutes", Period{90, PeriodUnit::minutes}},
        {"2 weeks", Period{2, PeriodUnit::weeks}},
        {"3 years", Period{3, PeriodUnit::years}},
        {"2025-12-05", CivilDate{2025, 12, 5}},
        {"\"noise\"", "noise"},
        {R"("a \"b\" \\ c")", R"(a "b" \ c)"},
        {"\"噪声，88 dB\"", "噪声，88 dB"},
        {"true", true},
        {"false", false},
        {"none", Value{}},
    }));
    INFO(text);
    const Expression expression = parsed(text);
    CHECK(expression.op == Op::literal);
    CHECK(expression.literal == value);
    CHECK(expression.span.to == std::string_view{text}.size());
}

TEST_CASE("a hyphen inside a name is part of it, between blanks it subtracts", "[rule][parse]") {
    CHECK(parsed("in-post").name == "in-post");
    CHECK(parsed("a - b").op == Op::subtract);
    CHECK(parsed("a -b").op == Op::subtract);
    CHECK(parsed("a- b").op == Op::subtract);
    CHECK(parsed("3 -1").op == Op::subtract);
    CHECK(parsed("before-noon").op == Op::name);
    CHECK(parsed("order").op == Op::name);
    CHECK(same(parsed("3 m / s"), parsed("(3 m) / s")));
}

TEST_CASE("a step's id is a field of a name until it is checked", "[rule][parse]") {
    const Expression step = parsed("do.attend");
    CHECK(step.op == Op::field);
    CHECK(step.name == "attend");
    CHECK(step.children[0].name == "do");
}

TEST_CASE("a method has its variable and its expression", "[rule][parse]") {
    const Expression any = parsed("worker.exposures.any(e, e.level > 80 dB)");
    CHECK(any.op == Op::method);
    CHECK(any.variable == "e");
    CHECK(any.children.size() == 2);
    CHECK(parsed("xs.count()").children.size() == 1);
    CHECK(parsed("xs.count(x, x)").children.size() == 2);
}

TEST_CASE("every part knows its place", "[rule][parse]") {
    const Expression both = parsed("(a + b) * f(c)");
    CHECK((both.span.from == 0 && both.span.to == 14));
    CHECK((both.children[0].span.from == 1 && both.children[0].span.to == 6));
    CHECK((both.children[1].span.from == 10 && both.children[1].span.to == 14));
}

TEST_CASE("an error says what is wrong, where, and what to write", "[rule][parse][errors]") {
    struct Wrong {
        const char* text;
        ParseCode code;
        const char* found;
        const char* suggestion;
    };
    const auto wrong = GENERATE(values<Wrong>({
        {"", ParseCode::empty, "", ""},
        {"   ", ParseCode::empty, "", ""},
        {"a +", ParseCode::unexpected_token, "", ""},
        {"a b", ParseCode::unexpected_token, "b", ""},
        {"a and", ParseCode::unexpected_token, "", ""},
        {"a.", ParseCode::unexpected_token, "", ""},
        {"a.5", ParseCode::unexpected_token, "5", ""},
        {"a.and", ParseCode::unexpected_token, "and", ""},
        {"a ? b", ParseCode::unexpected_token, "", ""},
        {"a == not b", ParseCode::unexpected_token, "not", "(not …)"},
        {"not not a", ParseCode::unexpected_token, "not", "(not …)"},
        {"- a", ParseCode::unexpected_token, "-", ""},
        {"f(a", ParseCode::unclosed, "(", ""},
        {"[1, 2", ParseCode::unclosed, "[", ""},
        {"(a]", ParseCode::unexpected_token, "]", ""},
        {"f(a,)", ParseCode::unexpected_token, ")", ""},
        {"\"abc", ParseCode::unclosed, "\"", ""},
        {"a = b", ParseCode::bad_character, "=", "=="},
        {"a && b", ParseCode::bad_character, "&", "and"},
        {"a || b", ParseCode::bad_character, "|", "or"},
        {"!a", ParseCode::bad_character, "!", "not"},
        {"a == 'x'", ParseCode::bad_character, "'", "\""},
        {"a $ b", ParseCode::bad_character, "$", ""},
        {"f(a，b)", ParseCode::bad_character, "，", ","},
        {"f（a)", ParseCode::bad_character, "（", "("},
        {"a == “x”", ParseCode::bad_character, "“", "\""},
        {"a ≥ b", ParseCode::bad_character, "≥", ">="},
        {"a＞b", ParseCode::bad_character, "＞", ">"},
        {"a == ５", ParseCode::bad_character, "５", "5"},
        {"a　== b", ParseCode::bad_character, "　", " "},
        {"5 ＞ a", ParseCode::bad_character, "＞", ">"},
        {"a == 噪声", ParseCode::bad_character, "噪", ""},
        {"\"a\\n\"", ParseCode::bad_text, "\\n", ""},
        {"\"a\nb\"", ParseCode::bad_text, "\n", ""},
        {"\"\xff\"", ParseCode::bad_text, "\xff", ""},
        {"\xff", ParseCode::bad_character, "\xff", ""},
        {"99999999999999999999", ParseCode::bad_number, "99999999999999999999", ""},
        {"0.0000000001", ParseCode::bad_number, "0.0000000001", ""},
        {"2.5 days", ParseCode::bad_number, "2.5 days", ""},
        {"10001 days", ParseCode::bad_number, "10001 days", ""},
        {"2025-13-01", ParseCode::bad_date, "2025-13-01", ""},
        {"2025-1-5", ParseCode::bad_date, "2025-1-5", ""},
        {"2025-02-29", ParseCode::bad_date, "2025-02-29", ""},
        {"88 db", ParseCode::unknown_unit, "db", "dB"},
        {"5 dyas after x", ParseCode::unknown_unit, "dyas", "days"},
        {"5 working dyas after x", ParseCode::unknown_unit, "working dyas", "working days"},
        {"5 ppm", ParseCode::unknown_unit, "ppm", ""},
        {"1 mg/m³", ParseCode::unknown_unit, "mg/m³", "mg/m3"},
        {"20 ℃", ParseCode::unknown_unit, "℃", ""},
        {"xs.anny(x, x)", ParseCode::unknown_method, "anny", "any"},
        {"xs.size()", ParseCode::unknown_method, "size", ""},
        {"xs.any(x)", ParseCode::wrong_arguments, "any", ""},
        {"xs.any(1, x)", ParseCode::wrong_arguments, "any", ""},
        {"xs.any()", ParseCode::wrong_arguments, "any", ""},
        {"xs.first(x, x)", ParseCode::wrong_arguments, "first", ""},
        {"1 < a < 3", ParseCode::chained_comparison, "<", ""},
        {"a == b == c", ParseCode::chained_comparison, "==", ""},
    }));
    INFO(wrong.text);
    const ParseError error = error_of(wrong.text);
    INFO(to_string(error));
    CHECK(static_cast<int>(error.code) == static_cast<int>(wrong.code));
    CHECK(error.found == wrong.found);
    CHECK(error.suggestion == wrong.suggestion);
    CHECK(error.span.from <= error.span.to);
    CHECK(error.span.to <= std::string_view{wrong.text}.size());
}

TEST_CASE("an error is one English sentence", "[rule][parse][errors]") {
    CHECK(to_string(error_of("f(a，b)")) == "`，` has no meaning here; write `,`");
    CHECK(to_string(error_of("(a b")) == "expected `)`, found `b`");
    CHECK(to_string(error_of("(a")) == "`(` is not closed with `)`");
    CHECK(to_string(error_of("a +")) == "expected a value, found the end");
    CHECK(to_string(error_of("88 db")) == "the library has no unit `db`; write `dB`");
    CHECK(to_string(error_of("2.5 days")) == "expected a whole number, found `2.5 days`");
    CHECK(to_string(error_of("xs.any(x)")) ==
          "`any` takes a name and an expression, as in `(x, …)`");
}

TEST_CASE("size, depth and number of parts have limits", "[rule][parse][limits]") {
    const std::string full = "\"" + std::string(text_size_max - 2, 'x') + "\"";
    CHECK(parse(full, {}));
    CHECK(error_of(full + " ").code == ParseCode::too_long);

    const auto nested = [](int depth) { return repeated("(", depth) + "a" + repeated(")", depth); };
    CHECK(parse(nested(31), {}));
    CHECK(error_of(nested(32)).code == ParseCode::too_deep);
    CHECK(error_of(nested(2'000)).code == ParseCode::too_deep);
    CHECK(error_of(repeated("1 day after ", 300) + "a").code == ParseCode::too_deep);
    CHECK(error_of(repeated("a ? b : ", 300) + "a").code == ParseCode::too_deep);
    CHECK(error_of(repeated("[", 500)).code == ParseCode::too_deep);

    const std::string sum = repeated("a+", 255) + "a";
    CHECK(parse(sum, {}));  // 511 parts
    CHECK(error_of(sum + "+a").code == ParseCode::too_large);
    CHECK(error_of("f(" + repeated("1,", 600) + "1)").code == ParseCode::too_large);
    CHECK(error_of("a" + repeated(".b", 600)).code == ParseCode::too_large);
}

TEST_CASE("a part ends at its stop word outside all parentheses", "[rule][parse]") {
    const std::string text = "30 days before f(until) until worker.leaves_on";
    const auto part = parse_part(text, "until", {});
    REQUIRE(part);
    CHECK(print(part->expression) == "30 days before f(until)");
    CHECK(text.substr(part->rest) == "until worker.leaves_on");

    const auto whole = parse_part("a + b", "until", {});
    REQUIRE(whole);
    CHECK(whole->rest == 5);
    CHECK(parse_part("a b until c", "until", {}).error().found == "b");
    CHECK(parse_part("until c", "until", {}).error().code == ParseCode::unexpected_token);
}
