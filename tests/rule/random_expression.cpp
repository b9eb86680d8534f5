#include "tests/rule/random_expression.hpp"

#include <array>
#include <random>

#include "engine/rule/method.hpp"

namespace dutylog::rule::test {

namespace {

class Maker {
public:
    explicit Maker(std::uint64_t seed) : random_{seed} {}

    Expression make(int depth) {
        Expression expression;
        if (depth == 0 || left_ <= 0) return leaf();
        --left_;
        switch (below(9)) {
            case 0:
                return leaf();
            case 1:
                return field(depth);
            case 2:
                return call(depth);
            case 3:
                return method(depth);
            case 4:
                return of(Op::list, below(4), depth);
            case 5:
                return of(Op::negate, 1, depth);
            case 6:
                return of(Op::choose, 3, depth);
            default:
                return of(binary[below(binary.size())], 2, depth);
        }
    }

private:
    static constexpr std::array binary{Op::both,     Op::either,  Op::equal,      Op::unequal,
                                       Op::less,     Op::greater, Op::less_equal, Op::greater_equal,
                                       Op::member,   Op::add,     Op::divide,     Op::subtract,
                                       Op::multiply, Op::after,   Op::before};
    static constexpr std::array names{
        "worker", "on",      "due",       "in-post",  "conclusion",      "do",
        "asset",  "a_b2",    "suspected", "numbers",  "last_completion", "order",
        "unsure", "reading", "other",     "not-known"};
    static constexpr std::array fields{"exposures", "exams", "on",       "level",    "hazard",
                                       "phase",     "post",  "attend",   "facility", "days",
                                       "at",        "id",    "interval", "x-1"};
    static constexpr std::array functions{"exam_interval", "table", "earlier",     "later",
                                          "days",          "date",  "examined_in", "unknown"};

    Expression leaf() {
        Expression expression;
        if (below(2) == 0) {
            expression.op = Op::name;
            expression.name = names[below(names.size())];
        } else {
            expression.literal = literal();
        }
        return expression;
    }

    Value literal() {
        const std::int64_t number = static_cast<std::int64_t>(below(2'000)) - 1'000;
        switch (below(9)) {
            case 0:
                return number;
            case 1:
                return *Decimal::of(number * 100 + 37, 2);
            case 2:
                return Quantity{*Decimal::of(number, 1), below(2) == 0 ? "m/s" : "%"};
            case 3:
                return Period{static_cast<std::int32_t>(below(10'001)),
                              static_cast<PeriodUnit>(below(7))};
            case 4:
                return CivilDate{static_cast<std::int32_t>(below(60'000)) - 10'000};
            case 5:
                return below(2) == 0;
            case 6:
                return Value{};
            case 7:
                return "any";
            default:
                return std::string{"噪 \"\\,(" + std::to_string(number)};
        }
    }

    Expression field(int depth) {
        Expression expression = of(Op::field, 1, depth);
        expression.name = fields[below(fields.size())];
        return expression;
    }

    Expression call(int depth) {
        Expression expression = of(Op::call, below(4), depth);
        expression.name = functions[below(functions.size())];
        return expression;
    }

    Expression method(int depth) {
        const MethodName& known = methods[below(methods.size())];
        const bool asked = known.arguments == Arguments::name_and_value ||
                           (known.arguments == Arguments::either && below(2) == 0);
        Expression expression = of(Op::method, asked ? 2 : 1, depth);
        expression.name = known.name;
        if (asked) expression.variable = names[below(names.size())];
        return expression;
    }

    Expression of(Op op, std::size_t children, int depth) {
        Expression expression;
        expression.op = op;
        for (std::size_t i = 0; i < children; ++i) expression.children.push_back(make(depth - 1));
        return expression;
    }

    std::size_t below(std::size_t bound) { return random_() % bound; }

    std::mt19937_64 random_;
    int left_ = 100;
};

}  // namespace

Expression random_expression(std::uint64_t seed) {
    Maker maker{seed};
    return maker.make(static_cast<int>(1 + seed % 8));
}

}  // namespace dutylog::rule::test
