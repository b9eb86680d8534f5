#include "tests/rule/typed_expression.hpp"

#include <array>
#include <initializer_list>
#include <random>
#include <utility>

#include "engine/rule/type.hpp"

namespace dutylog::rule::test {

namespace {

/// What an expression is made for. `level` is a quantity in dB.
enum class Goal {
    truth,
    integer,
    decimal,
    level,
    text,
    word,
    date,
    instant,
    period,
    numbers,
    exposures
};

Expression named(std::string name) {
    Expression expression;
    expression.op = Op::name;
    expression.name = std::move(name);
    return expression;
}

Expression valued(Value value) {
    Expression expression;
    expression.literal = std::move(value);
    return expression;
}

Expression joined(Op op, std::vector<Expression> children, std::string name = {}) {
    Expression expression;
    expression.op = op;
    expression.children = std::move(children);
    expression.name = std::move(name);
    return expression;
}

Expression field(Expression base, std::string name) {
    std::vector<Expression> children;
    children.push_back(std::move(base));
    return joined(Op::field, std::move(children), std::move(name));
}

class Maker {
public:
    explicit Maker(std::uint64_t seed) : random_{seed} {}

    Expression make(Goal goal, int depth) {
        if (depth <= 0 || --left_ <= 0) return leaf(goal);
        switch (below(6)) {
            case 0:
                return leaf(goal);
            case 1:
                return joined(Op::choose, {make(Goal::truth, depth - 1), make(goal, depth - 1),
                                           make(goal, depth - 1)});
            case 2:
                return joined(Op::either, {make(goal, depth - 1), make(goal, depth - 1)});
            default:
                return branch(goal, depth - 1);
        }
    }

    Goal any_goal() { return static_cast<Goal>(below(11)); }

private:
    Expression leaf(Goal goal) {
        if (goal == Goal::integer && !numbers_.empty() && below(2) == 0)
            return named(numbers_[below(numbers_.size())]);
        const auto number = static_cast<std::int64_t>(below(20)) - 5;
        const auto day = static_cast<std::int32_t>(20'000 + below(400));
        switch (goal) {
            case Goal::truth:
                return pick({named("ready"), named("unsure"), valued(below(2) == 0)});
            case Goal::integer:
                return pick({named("completions"), valued(number)});
            case Goal::decimal:
                return pick({named("ratio"), valued(*Decimal::of(number, 1))});
            case Goal::level:
                return pick({valued(Quantity{*Decimal::of(number, 1), "dB"}), named("reading"),
                             field(exposure(), "level")});
            case Goal::text:
                return pick({named("title"), named("nickname"), valued("noise"),
                             field(exposure(), "hazard")});
            case Goal::word:
                return named("conclusion");
            case Goal::date:
                return pick({named("on"), named("due"), named("last_completion"),
                             field(named("do"), "attend"), valued(CivilDate{day}),
                             field(exposure(), "on")});
            case Goal::instant:
                return pick({named("opening"), field(exposure(), "at")});
            case Goal::period:
                return valued(Period{static_cast<std::int32_t>(below(20)), days_unit()});
            case Goal::numbers:
                return named("numbers");
            case Goal::exposures:
                return field(named("worker"), "exposures");
        }
        return {};
    }

    Expression branch(Goal goal, int depth) {
        switch (goal) {
            case Goal::truth:
                return truth(depth);
            case Goal::integer:
                return integer(depth);
            case Goal::decimal:
                return decimal(depth);
            case Goal::level:
                return level(depth);
            case Goal::date:
                return date(depth);
            case Goal::instant:
                return instant(depth);
            case Goal::period:
                return over(Goal::numbers, below(2) == 0 ? "shortest" : "longest", Goal::period,
                            depth);
            case Goal::numbers:
                return numbers(depth);
            case Goal::exposures:
                return over(Goal::exposures, "filter", Goal::truth, depth);
            default:
                return leaf(goal);
        }
    }

    Expression truth(int depth) {
        static constexpr std::array ordered{Goal::integer, Goal::decimal, Goal::level,
                                            Goal::date,    Goal::instant, Goal::period};
        static constexpr std::array equal{Goal::truth, Goal::text, Goal::word, Goal::date};
        static constexpr std::array orderings{Op::less,          Op::less_equal, Op::greater,
                                              Op::greater_equal, Op::equal,      Op::unequal};
        const Goal list = below(2) == 0 ? Goal::numbers : Goal::exposures;
        switch (below(7)) {
            case 0:
                return joined(Op::negate, {make(Goal::truth, depth)});
            case 1:
                return joined(Op::both, {make(Goal::truth, depth), make(Goal::truth, depth)});
            case 2:
                return over(list, below(2) == 0 ? "any" : "all", Goal::truth, depth);
            case 3:
                return joined(Op::member, {make(Goal::integer, depth), make(Goal::numbers, depth)});
            case 4:
                return joined(below(2) == 0 ? Op::equal : Op::unequal,
                              {make(equal[below(equal.size())], depth), valued({})});
            case 5: {
                const Goal side = equal[below(equal.size())];
                return joined(Op::equal, {make(side, depth), make(side, depth)});
            }
            default: {
                const Goal side = ordered[below(ordered.size())];
                return joined(orderings[below(orderings.size())],
                              {make(side, depth), make(side, depth)});
            }
        }
    }

    Expression integer(int depth) {
        static constexpr std::array operations{Op::add, Op::subtract, Op::multiply};
        const Goal list = below(2) == 0 ? Goal::numbers : Goal::exposures;
        switch (below(5)) {
            case 0:
                return over(list, "count", Goal::truth, depth);
            case 1:
                return over(list, below(2) == 0 ? "sum" : "max", Goal::integer, depth);
            case 2:
                return joined(Op::call, {make(Goal::date, depth), make(Goal::date, depth)}, "days");
            case 3:
                return joined(Op::method, {make(Goal::numbers, depth)},
                              below(2) == 0 ? "first" : "last");
            default:
                return joined(operations[below(3)],
                              {make(Goal::integer, depth), make(Goal::integer, depth)});
        }
    }

    Expression decimal(int depth) {
        static constexpr std::array operations{Op::add, Op::subtract, Op::multiply, Op::divide};
        const Goal side = below(4) == 0 ? Goal::level : Goal::decimal;
        const Op op = side == Goal::level ? Op::divide : operations[below(4)];
        return joined(op, {make(side, depth), make(side, depth)});
    }

    Expression level(int depth) {
        switch (below(4)) {
            case 0:
                return joined(Op::multiply, {make(Goal::level, depth), make(Goal::decimal, depth)});
            case 1:
                return joined(Op::divide, {make(Goal::level, depth), make(Goal::integer, depth)});
            case 2:
                return over(Goal::exposures, below(2) == 0 ? "sum" : "min", Goal::level, depth);
            default:
                return joined(below(2) == 0 ? Op::add : Op::subtract,
                              {make(Goal::level, depth), make(Goal::level, depth)});
        }
    }

    Expression date(int depth) {
        switch (below(4)) {
            case 0:
                return joined(below(2) == 0 ? Op::after : Op::before,
                              {make(Goal::period, depth), make(Goal::date, depth)});
            case 1:
                return joined(Op::call, {make(Goal::date, depth), make(Goal::date, depth)},
                              below(2) == 0 ? "earlier" : "later");
            case 2:
                return joined(Op::call, {make(Goal::instant, depth)}, "date");
            default:
                return over(Goal::exposures, below(2) == 0 ? "earliest" : "latest", Goal::date,
                            depth);
        }
    }

    Expression instant(int depth) {
        const Period hours{static_cast<std::int32_t>(below(50)), PeriodUnit::hours};
        return joined(Op::after, {valued(hours), make(Goal::instant, depth)});
    }

    Expression numbers(int depth) {
        switch (below(3)) {
            case 0:
                return over(Goal::numbers, "filter", Goal::truth, depth);
            case 1:
                return over(below(2) == 0 ? Goal::numbers : Goal::exposures, "map", Goal::integer,
                            depth);
            default:
                return joined(Op::list, {make(Goal::integer, depth), make(Goal::integer, depth)});
        }
    }

    /// `list.name(x, body)`, with the elements in scope of the body.
    Expression over(Goal list, std::string name, Goal body, int depth) {
        std::vector<Expression> children;
        children.push_back(make(list, depth));
        const std::string variable = "x" + std::to_string(numbers_.size() + records_.size());
        auto& locals = list == Goal::numbers ? numbers_ : records_;
        locals.push_back(variable);
        children.push_back(make(body, depth));
        locals.pop_back();
        Expression method = joined(Op::method, std::move(children), std::move(name));
        method.variable = variable;
        return method;
    }

    Expression exposure() {
        if (!records_.empty()) return named(records_[below(records_.size())]);
        return joined(Op::method, {field(named("worker"), "exposures")}, "first");
    }

    Expression pick(std::vector<Expression> choices) {
        return std::move(choices[below(choices.size())]);
    }
    PeriodUnit days_unit() {
        return std::array{PeriodUnit::days, PeriodUnit::months, PeriodUnit::working_days}[below(3)];
    }
    std::size_t below(std::size_t bound) { return random_() % bound; }

    std::mt19937_64 random_;
    int left_ = 60;
    std::vector<std::string> numbers_;  ///< variables of methods that are integers
    std::vector<std::string> records_;  ///< … that are exposures
};

}  // namespace

Expression typed_expression(std::uint64_t seed) {
    Maker maker{seed};
    const Goal goal = maker.any_goal();
    return maker.make(goal, static_cast<int>(1 + seed % 6));
}

}  // namespace dutylog::rule::test
