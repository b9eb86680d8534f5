#include "engine/core/value.hpp"

#include <catch2/catch.hpp>

using namespace dutylog;

namespace {
Value reading(const char* amount) {
    return Record::of({{"unit_of", "x"},
                       {"factor", "benzene"},
                       {"level", Quantity{*parse_decimal(amount), "mg/m3"}}});
}
}  // namespace

TEST_CASE("a record is the same whatever order its fields came in", "[core][value]") {
    const Value a = Record::of({{"a", 1}, {"b", "x"}});
    const Value b = Record::of({{"b", "x"}, {"a", 1}});
    CHECK(a == b);
    CHECK(canonical_hash(a) == canonical_hash(b));
}

TEST_CASE("canonical bytes tell kinds apart that print alike", "[core][value]") {
    CHECK(canonical_hash(Value{1}) != canonical_hash(Value{"1"}));
    CHECK(canonical_hash(Value{Decimal{1}}) != canonical_hash(Value{1}));
    CHECK(canonical_hash(Value{List{Value{"ab"}}}) !=
          canonical_hash(Value{List{Value{"a"}, Value{"b"}}}));
    CHECK(canonical_hash(reading("1.20")) == canonical_hash(reading("1.2")));
}

TEST_CASE("a field of what is not a record is none", "[core][value]") {
    CHECK(Value{1}["x"].is_none());
    CHECK(reading("1")["nothing"].is_none());
    CHECK(to_string(reading("1.2")["level"]) == "1.2 mg/m3");
}

TEST_CASE("a sealed value shows nothing", "[core][value]") {
    CHECK(to_string(Value{Sealed{"zhang", {1}, {2}}}) == "(sealed)");
}
