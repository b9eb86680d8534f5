#include "engine/core/decimal.hpp"

#include <catch2/catch.hpp>

using namespace dutylog;

namespace {
Decimal dec(const char* text) { return parse_decimal(text).value(); }
}  // namespace

TEST_CASE("equal numbers are equal however they were written", "[core][decimal]") {
    CHECK(dec("1.20") == dec("1.2"));
    CHECK(dec("100") == Decimal{100});
    CHECK(dec("-0.50") < dec("-0.49"));
    CHECK(dec("0.9") < Decimal{1});
}

TEST_CASE("arithmetic is exact, and says when a result does not fit", "[core][decimal]") {
    CHECK(add(dec("0.1"), dec("0.2")) == dec("0.3"));
    CHECK(subtract(dec("1"), dec("0.9")) == dec("0.1"));
    CHECK(multiply(dec("1.5"), dec("-2")) == dec("-3"));
    CHECK(multiply(dec("0.000000001"), dec("0.5")) == dec("0.000000001"));
    CHECK(divide(dec("2"), dec("3")) == dec("0.666666667"));
    CHECK(divide(dec("-2"), dec("3")) == dec("-0.666666667"));
    CHECK_FALSE(divide(dec("1"), Decimal{}));
    CHECK_FALSE(multiply(dec("9223372036854775807"), dec("2")));
}

TEST_CASE("a decimal is written in plain digits", "[core][decimal]") {
    for (const auto* text : {"0", "-12.5", "0.001", "9223372036854775807", "-0.5"})
        CHECK(to_string(dec(text)) == text);
    for (const auto* text : {"", "-", ".5", "1.", "1e3", "1,000", "0x1", "1.0000000001"})
        CHECK_FALSE(parse_decimal(text));
}
