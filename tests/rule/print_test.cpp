#include "engine/rule/print.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "tests/rule/random_expression.hpp"
#include "tests/rule/world.hpp"

using namespace dutylog;
using namespace dutylog::rule;
using namespace dutylog::rule::test;

TEST_CASE("the canonical text has fixed blanks and the fewest parentheses", "[rule][print]") {
    struct Pair {
        const char* text;
        const char* canonical;
    };
    const auto [text, canonical] = GENERATE(values<Pair>({
        {"((a))", "a"},
        {"a+b*c", "a + b * c"},
        {"(a+b)*c", "(a + b) * c"},
        {"a -(b - c)", "a - (b - c)"},
        {"(a - b)-c", "a - b - c"},
        {"a  and(b or c)", "a and (b or c)"},
        {"(a and b) or c", "a and b or c"},
        {"not(a)", "not a"},
        {"not(a and b)", "not (a and b)"},
        {"(not a)==b", "(not a) == b"},
        {"(a==b)==c", "(a == b) == c"},
        {"(1 day after a) before b", "(1 day after a) before b"},
        {"1 day after (2 days before b)", "1 day after 2 days before b"},
        {"(a or b).c", "(a or b).c"},
        {"(a?b:c)?d:e", "(a ? b : c) ? d : e"},
        {"a?b:(c?d:e)", "a ? b : c ? d : e"},
        {"5.0", "5"},
        {"1.50 m/s", "1.5 m/s"},
        {"5 working  day", "5 working days"},
        {"1 days", "1 day"},
        {"12%", "12 %"},
        {"xs . any( x,x )", "xs.any(x, x)"},
        {"f( a,b )", "f(a, b)"},
        {"[ ]", "[]"},
        {"[1,2]", "[1, 2]"},
        {R"("a\"b\\c")", R"("a\"b\\c")"},
        {"a - -5", "a - -5"},
        {"-5 m/s * 2", "-5 m/s * 2"},
    }));
    CHECK(print(parsed(text)) == canonical);
    CHECK(same(parsed(canonical), parsed(text)));
}

TEST_CASE("words of an enumeration are printed bare, and a step as its id", "[rule][print]") {
    const auto round = [](const char* text) { return print(checked(text)); };
    CHECK(round("conclusion==\"suspected\"") == "conclusion == suspected");
    CHECK(round("conclusion in [normal, \"other\"]") == "conclusion in [normal, other]");
    CHECK(round("15 days after do.attend") == "15 days after do.attend");
    CHECK(same(checked("conclusion == suspected"), checked("conclusion == \"suspected\"")));
}

namespace {

const TestScope scope;

void read_back(const Expression& expression) {
    const std::string text = print(expression);
    const auto read = parse(text, {.units = units});
    if (!read) RC_FAIL(to_string(read.error()) + ", in: " + text);
    if (!same(*read, expression)) RC_FAIL("read back as " + print(*read) + ", from: " + text);
    RC_ASSERT(print(*read) == text);
}

void check_again(Expression expression) {
    check(expression, scope, {});
    Expression again = parsed(print(expression));
    check(again, scope, {});
    if (!same(again, expression)) RC_FAIL(print(again) + ", from: " + print(expression));
}

}  // namespace

TEST_CASE("what is printed is read back as the same expression", "[rule][print][property]") {
    CHECK(rc::check("parse(print(e)) == e", [](std::uint32_t seed) {
        for (std::uint64_t i = 0; i < expressions_per_seed; ++i)
            read_back(random_expression(seed * expressions_per_seed + i));
    }));
}

TEST_CASE("a checked expression is printed, read and checked as the same",
          "[rule][print][property]") {
    CHECK(rc::check("check(parse(print(e))) == e", [](std::uint32_t seed) {
        for (std::uint64_t i = 0; i < expressions_per_seed; ++i)
            check_again(random_expression(seed * expressions_per_seed + i));
    }));
}
