#include "engine/rule/impossible.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "engine/rule/compare.hpp"
#include "engine/rule/print.hpp"

namespace dutylog::rule {

namespace {

/// `x op value`, with the literal on the right.
struct Limit {
    Op op;
    const Value* value;
    const Expression* of;
};

Op turned(Op op) {
    switch (op) {
        case Op::less:
            return Op::greater;
        case Op::less_equal:
            return Op::greater_equal;
        case Op::greater:
            return Op::less;
        case Op::greater_equal:
            return Op::less_equal;
        default:
            return op;
    }
}

/// What holds where `op` does not.
Op opposite(Op op) {
    switch (op) {
        case Op::equal:
            return Op::unequal;
        case Op::unequal:
            return Op::equal;
        case Op::less:
            return Op::greater_equal;
        case Op::less_equal:
            return Op::greater;
        case Op::greater:
            return Op::less_equal;
        default:
            return Op::less;
    }
}

bool is_comparison(Op op) { return op >= Op::equal && op <= Op::greater_equal; }
bool is_literal(const Expression& e) { return e.op == Op::literal && !e.literal.is_none(); }

bool holds(std::partial_ordering ordering, Op op) {
    switch (op) {
        case Op::equal:
            return ordering == 0;
        case Op::unequal:
            return ordering != 0;
        case Op::less:
            return ordering < 0;
        case Op::less_equal:
            return ordering <= 0;
        case Op::greater:
            return ordering > 0;
        default:
            return ordering >= 0;
    }
}

/// Whether `a op b` holds, of two known values.
std::optional<bool> holds(const Value& a, Op op, const Value& b) {
    if (const auto ordering = order(a, b)) return holds(*ordering, op);
    const auto same_value = equal(a, b);
    if (!same_value || (op != Op::equal && op != Op::unequal)) return std::nullopt;
    return *same_value == (op == Op::equal);
}

bool upper(Op op) { return op == Op::less || op == Op::less_equal; }
bool lower(Op op) { return op == Op::greater || op == Op::greater_equal; }

/// Whether no value can keep both limits.
bool exclude(const Limit& a, const Limit& b) {
    if (a.op == Op::equal) return holds(*a.value, b.op, *b.value) == false;
    if (b.op == Op::equal) return holds(*b.value, a.op, *a.value) == false;
    if (!(upper(a.op) && lower(b.op)) && !(lower(a.op) && upper(b.op))) return false;
    const Limit& top = upper(a.op) ? a : b;
    const Limit& bottom = upper(a.op) ? b : a;
    const bool touching = top.op == Op::less_equal && bottom.op == Op::greater_equal;
    return holds(*top.value, touching ? Op::less : Op::less_equal, *bottom.value) == true;
}

/// Whether the limits leave no word of the enumeration.
bool refuse_every_word(const std::vector<Limit>& limits) {
    const Type& type = limits.front().of->type;
    if (type.kind != Kind::enumeration || type.words.empty()) return false;
    return std::ranges::all_of(type.words, [&](const std::string& word) {
        return std::ranges::any_of(limits, [&](const Limit& limit) {
            return limit.op == Op::unequal && *limit.value == Value{word};
        });
    });
}

bool cannot_all_hold(const std::vector<Limit>& limits) {
    for (std::size_t i = 0; i < limits.size(); ++i)
        for (std::size_t j = i + 1; j < limits.size(); ++j)
            if (exclude(limits[i], limits[j])) return true;
    return refuse_every_word(limits);
}

std::optional<Limit> limit_of(const Expression& comparison) {
    if (!is_comparison(comparison.op)) return std::nullopt;
    const Expression& left = comparison.children[0];
    const Expression& right = comparison.children[1];
    if (is_literal(left) == is_literal(right)) return std::nullopt;
    if (is_literal(right)) return Limit{comparison.op, &right.literal, &left};
    return Limit{turned(comparison.op), &left.literal, &right};
}

/// The parts of a chain of `and`, or of `or`.
void collect(const Expression& expression, Op op, std::vector<const Expression*>& parts) {
    if (expression.op != op) return parts.push_back(&expression);
    for (const Expression& child : expression.children) collect(child, op, parts);
}

class Finder {
public:
    explicit Finder(std::vector<TypeError>& errors) : errors_{errors} {}

    void visit(const Expression& expression, Op above = Op::literal) {
        const bool truths = expression.type.kind == Kind::truth;
        const bool chain = expression.op == Op::both || (expression.op == Op::either && truths);
        if (chain && expression.op != above) look_at_chain(expression);
        if (is_comparison(expression.op)) look_at_literals(expression);
        for (const Expression& child : expression.children) visit(child, expression.op);
    }

private:
    void look_at_literals(const Expression& comparison) {
        const Expression& left = comparison.children[0];
        const Expression& right = comparison.children[1];
        if (!is_literal(left) || !is_literal(right)) return;
        if (const auto result = holds(left.literal, comparison.op, right.literal))
            warn(*result, comparison);
    }

    /// A chain of `or` always holds where the opposites of its parts cannot all hold.
    void look_at_chain(const Expression& chain) {
        const bool any = chain.op == Op::either;
        std::vector<const Expression*> parts;
        collect(chain, chain.op, parts);
        std::map<std::string, std::vector<Limit>> limits;
        for (const Expression* part : parts) {
            auto limit = limit_of(*part);
            if (!limit || (any && limit->of->type.optional)) continue;
            if (any) limit->op = opposite(limit->op);
            limits[print(*limit->of)].push_back(*limit);
        }
        for (const auto& [of, group] : limits)
            if (cannot_all_hold(group)) return warn(any, chain);
    }

    void warn(bool always, const Expression& at) {
        TypeError error;
        error.code = always ? TypeCode::always_true : TypeCode::always_false;
        error.severity = Severity::warning;
        error.span = at.span;
        errors_.push_back(std::move(error));
    }

    std::vector<TypeError>& errors_;
};

}  // namespace

void find_impossible(const Expression& expression, std::vector<TypeError>& errors) {
    Finder{errors}.visit(expression);
}

}  // namespace dutylog::rule
