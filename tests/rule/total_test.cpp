#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "engine/rule/print.hpp"
#include "tests/rule/random_expression.hpp"
#include "tests/rule/typed_expression.hpp"
#include "tests/rule/world.hpp"

using namespace dutylog;
using namespace dutylog::rule;
using namespace dutylog::rule::test;

namespace {

const TestScope scope;

/// The kind a value has, as the checker names kinds.
bool is_of(const Value& value, const Type& type) {
    if (type.kind == Kind::any || value.as<Sealed>() != nullptr) return true;
    if (value.is_none()) return type.optional || type.kind == Kind::none;
    switch (type.kind) {
        case Kind::truth:
            return value.as<bool>() != nullptr;
        case Kind::integer:
            return value.as<std::int64_t>() != nullptr;
        case Kind::decimal:
            return value.as<Decimal>() != nullptr || value.as<std::int64_t>() != nullptr;
        case Kind::quantity:
            return value.as<Quantity>() != nullptr;
        case Kind::text:
        case Kind::enumeration:
            return value.as<std::string>() != nullptr;
        case Kind::date:
            return value.as<CivilDate>() != nullptr;
        case Kind::instant:
            return value.as<Instant>() != nullptr;
        case Kind::period:
            return value.as<Period>() != nullptr;
        case Kind::reference:
            return value.as<Reference>() != nullptr;
        case Kind::record:
            return value.as<Record>() != nullptr;
        case Kind::list:
            return value.as<List>() != nullptr;
        default:
            return false;
    }
}

}  // namespace

TEST_CASE("anything written like an expression is checked and evaluated without harm",
          "[rule][property]") {
    TestEnvironment environment;
    CHECK(rc::check("total, and the same twice", [&](std::uint32_t seed) {
        for (std::uint64_t i = 0; i < expressions_per_seed; ++i) {
            Expression expression = random_expression(seed * expressions_per_seed + i);
            check(expression, scope, {});
            RC_ASSERT(evaluate(expression, environment) == evaluate(expression, environment));
        }
    }));
}

TEST_CASE("what has a type gives a value of that type", "[rule][property]") {
    TestEnvironment environment;
    const auto run = [&](Expression expression) {
        const std::string text = print(expression);
        for (const TypeError& error : check(expression, scope, {}))
            if (error.severity == Severity::error) RC_FAIL(to_string(error) + ", in: " + text);
        const Value value = evaluate(expression, environment);
        if (!is_of(value, expression.type))
            RC_FAIL(text + " is " + to_string(value) + ", not " + to_string(expression.type));
    };
    CHECK(rc::check("evaluate(e) is of type(e)", [&](std::uint32_t seed) {
        for (std::uint64_t i = 0; i < expressions_per_seed; ++i)
            run(typed_expression(seed * expressions_per_seed + i));
    }));
}

TEST_CASE("any bytes are read or refused at a place in the text", "[rule][property]") {
    const bool held = rc::check("parse ends", [](const std::vector<std::uint8_t>& bytes) {
        const std::string text{bytes.begin(), bytes.end()};
        const auto expression = parse(text, {.units = units});
        if (expression) return;
        RC_ASSERT(expression.error().span.from <= expression.error().span.to);
        RC_ASSERT(expression.error().span.to <= text.size());
        RC_ASSERT(!to_string(expression.error()).empty());
    });
    CHECK(held);
}
