#include "engine/rule/type.hpp"

#include <catch2/catch.hpp>

#include "engine/rule/checker.hpp"
#include "tests/rule/world.hpp"

using namespace dutylog::rule;
using namespace dutylog::rule::test;

TEST_CASE("a type is said as a reader would say it", "[rule][type]") {
    CHECK(to_string(of(Kind::truth)) == "truth");
    CHECK(to_string(none_or(of(Kind::date))) == "date or none");
    CHECK(to_string(list(named(Kind::record, "exposure"))) == "list of exposure");
    CHECK(to_string(list(none_or(of(Kind::period)))) == "list of period or none");
    CHECK(to_string(words({"a", "b"})) == "one of [a, b]");
    CHECK(to_string(words({"1", "2", "3", "4", "5", "6", "7", "8", "9"})) ==
          "one of [1, 2, 3, 4, 5, 6, 7, 8, …]");
    CHECK(to_string(quantity("m/s")) == "quantity m/s");
    CHECK(to_string(quantity("")) == "quantity");
    CHECK(to_string(named(Kind::reference, "worker")) == "worker");
    CHECK(to_string(named(Kind::record, "table:limits")) == "row of table limits");
    CHECK(to_string(none_or(of(Kind::any))) == "anything");
}

TEST_CASE("what fits where", "[rule][type]") {
    const Type text = of(Kind::text);
    const Type date = of(Kind::date);
    const Type any = of(Kind::any);
    struct Row {
        Type found;
        Type wanted;
        bool fit;
    };
    const std::vector<Row> rows{
        {date, date, true},
        {date, none_or(date), true},
        {none_or(date), date, false},
        {of(Kind::none), none_or(date), true},
        {of(Kind::none), date, false},
        {date, of(Kind::instant), false},
        {date, any, true},
        {none_or(any), date, true},
        {of(Kind::integer), of(Kind::decimal), true},
        {of(Kind::decimal), of(Kind::integer), false},
        {words({"a"}), text, true},
        {text, words({"a"}), false},
        {words({"a"}), words({"a", "b"}), true},
        {words({"a", "c"}), words({"a", "b"}), false},
        {quantity("dB"), quantity(""), true},
        {quantity(""), quantity("dB"), false},
        {quantity("dB"), quantity("m/s"), false},
        {of(Kind::integer), quantity("dB"), false},
        {named(Kind::reference, "worker"), named(Kind::reference, "worker"), true},
        {named(Kind::reference, "worker"), named(Kind::reference, "post"), false},
        {named(Kind::reference, "worker"), of(Kind::reference), true},
        {named(Kind::record, "exam"), named(Kind::record, "exposure"), false},
        {list(words({"a"})), list(text), true},
        {list(none_or(text)), list(text), false},
        {of(Kind::list), list(text), true},
        {list(text), of(Kind::list), true},
    };
    for (const auto& [found, wanted, fit] : rows) {
        INFO(to_string(found) << " where " << to_string(wanted) << " is wanted");
        CHECK(fits(found, wanted) == fit);
    }
}

TEST_CASE("types are equal member by member, elements included", "[rule][type]") {
    CHECK(list(of(Kind::text)) == list(of(Kind::text)));
    CHECK_FALSE(list(of(Kind::text)) == list(of(Kind::date)));
    CHECK_FALSE(list(of(Kind::text)) == of(Kind::list));
    CHECK_FALSE(of(Kind::text) == none_or(of(Kind::text)));
    CHECK_FALSE(quantity("dB") == quantity("m/s"));
}

TEST_CASE("the type two have in common fits both", "[rule][type]") {
    const std::vector<Type> all{of(Kind::none),
                                of(Kind::truth),
                                of(Kind::integer),
                                none_or(of(Kind::decimal)),
                                of(Kind::text),
                                words({"a"}),
                                none_or(words({"b", "c"})),
                                quantity(""),
                                quantity("dB"),
                                quantity("m/s"),
                                of(Kind::date),
                                of(Kind::instant),
                                of(Kind::list),
                                list(of(Kind::integer)),
                                list(none_or(of(Kind::decimal))),
                                list(words({"a"})),
                                named(Kind::reference, "worker"),
                                named(Kind::reference, "post"),
                                named(Kind::record, "exam"),
                                none_or(of(Kind::any))};
    for (const Type& a : all)
        for (const Type& b : all) {
            INFO(to_string(a) << " and " << to_string(b));
            const auto common = common_type(a, b);
            CHECK(common.has_value() == common_type(b, a).has_value());
            if (common) CHECK((fits(a, *common) && fits(b, *common)));
        }
}
