#include <algorithm>

#include "engine/rule/arithmetic.hpp"
#include "engine/rule/compare.hpp"
#include "engine/rule/environment.hpp"
#include "engine/rule/evaluator.hpp"

namespace dutylog::rule {

namespace {

/// Parts within parts, functions included; far more than `nodes_max` of one expression.
constexpr std::size_t evaluation_depth_max = 1'000;
/// Text of this size costs as much as one more value.
constexpr std::size_t text_per_step = 64;

/// How much a copy costs; stops counting past `limit`.
std::size_t weight(const Value& value, std::size_t limit) {
    std::size_t total = 1;
    if (const auto* text = value.as<std::string>()) return total + text->size() / text_per_step;
    if (const auto* list = value.as<List>())
        for (std::size_t i = 0; i < list->size() && total <= limit; ++i)
            total += weight((*list)[i], limit - total);
    if (const auto* record = value.as<Record>())
        for (std::size_t i = 0; i < record->fields().size() && total <= limit; ++i)
            total += weight(record->fields()[i].value, limit - total);
    return total;
}

bool is_none_literal(const Expression& expression) {
    return expression.op == Op::literal && expression.literal.is_none();
}

bool ordered_as(Op op, std::partial_ordering ordering) {
    switch (op) {
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

/// The words are part of the format: answers are kept under them (docs/format.md).
std::string_view word_of(Op op) {
    switch (op) {
        case Op::equal:
            return "==";
        case Op::unequal:
            return "!=";
        case Op::less:
            return "<";
        case Op::less_equal:
            return "<=";
        case Op::greater:
            return ">";
        default:
            return ">=";
    }
}

/// @returns none where the two cannot be compared
Value compare(Op op, const Value& a, const Value& b) {
    if (a.is_none() || b.is_none()) return false;
    if (op == Op::equal || op == Op::unequal) {
        const auto result = equal(a, b);
        return result ? Value{*result == (op == Op::equal)} : Value{};
    }
    const auto ordering = order(a, b);
    return ordering ? Value{ordered_as(op, *ordering)} : Value{};
}

}  // namespace

bool Evaluator::spend(std::size_t steps) {
    if (steps > steps_left_) exhausted_ = true;
    steps_left_ = exhausted_ ? 0 : steps_left_ - steps;
    return !exhausted_;
}

Held Evaluator::visit(const Expression& expression) {
    if (depth_ >= evaluation_depth_max) exhausted_ = true;
    if (!spend(1)) return {};
    ++depth_;
    Held result = dispatch(expression);
    --depth_;
    return result;
}

Held Evaluator::dispatch(const Expression& expression) {
    const auto& children = expression.children;
    switch (expression.op) {
        case Op::literal:
            return Held::borrowed(expression.literal);
        case Op::name:
            return name(expression);
        case Op::field:
            return field(expression);
        case Op::call:
            return call(expression);
        case Op::method:
            return method(expression);
        case Op::list:
            return list(expression);
        case Op::negate:
            return Value{!holds(children[0])};
        case Op::both:
            return Value{holds(children[0]) && holds(children[1])};
        case Op::either:
            return either(expression);
        case Op::member:
            return member(expression);
        case Op::add:
        case Op::subtract:
        case Op::multiply:
        case Op::divide:
            return arithmetic(expression);
        case Op::after:
        case Op::before:
            return counted(expression);
        case Op::choose:
            return visit(children[holds(children[0]) ? 1 : 2]);
        default:
            return comparison(expression);
    }
}

Value Evaluator::take(Held held) {
    if (!held.is_borrowed()) return std::move(held.own());
    if (!spend(weight(held.get(), steps_left_))) return {};
    return held.get();
}

Held Evaluator::plain(Held held) {
    const auto* sealed = held.as<Sealed>();
    return sealed == nullptr ? std::move(held) : Held{environment_.unseal(*sealed)};
}

Value Evaluator::ask(const Sealed& sealed, std::string_view question, const Value& other,
                     const std::function<Value(const Value& plain)>& answer) {
    std::string name{question};
    name += '\0';
    append_canonical(name, other);
    return environment_.ask(sealed, sha256(name), answer);
}

/// A list the environment made for us costs as much as one we copied.
Held Evaluator::received(Value value) {
    const auto* list = value.as<List>();
    return list == nullptr || spend(list->size()) ? Held{std::move(value)} : Held{};
}

/// A truth that is none counts as false.
bool Evaluator::holds(const Expression& condition) {
    const Held held = visit(condition);
    const auto is_true = [](const Value& value) {
        const bool* truth = value.as<bool>();
        return truth != nullptr && *truth;
    };
    if (const auto* sealed = held.as<Sealed>())
        return is_true(
            ask(*sealed, "holds", {}, [&](const Value& value) { return Value{is_true(value)}; }));
    return is_true(held.get());
}

Held Evaluator::name(const Expression& name) {
    for (std::size_t i = locals_.size(); i > visible_from_; --i)
        if (locals_[i - 1].name == name.name) return Held::borrowed(*locals_[i - 1].value);
    return received(environment_.variable(name.name));
}

Held Evaluator::field(const Expression& field) {
    Held base = plain(visit(field.children[0]));
    if (const auto* subject = base.as<Reference>())
        return received(environment_.field_of(*subject, field.name));
    if (base.as<Record>() == nullptr) return {};
    if (base.is_borrowed()) {
        const Value* found = base.as<Record>()->find(field.name);
        return found == nullptr ? Held{} : Held::borrowed(*found);
    }
    for (Field& own : base.own().as<Record>()->fields())
        if (own.name == field.name) return std::move(own.value);
    return {};
}

Held Evaluator::list(const Expression& list) {
    List values;
    values.reserve(list.children.size());
    for (const Expression& child : list.children) values.push_back(take(visit(child)));
    return Value{std::move(values)};
}

/// Truths: one of them. Anything else: the left, or the right where that is none.
Held Evaluator::either(const Expression& expression) {
    Held left = visit(expression.children[0]);
    const auto* sealed = left.as<Sealed>();
    if (sealed != nullptr) {
        const auto known = [](const Value& value) { return Value{!value.is_none()}; };
        if (ask(*sealed, "is known", {}, known) != Value{true})
            return visit(expression.children[1]);
    }
    const auto truth_in = [](const Value& value) {
        const bool* truth = value.as<bool>();
        return truth == nullptr ? Value{} : Value{*truth};
    };
    if (left.is_none()) return visit(expression.children[1]);
    const Value truth =
        sealed == nullptr ? truth_in(left.get()) : ask(*sealed, "is true", {}, truth_in);
    if (truth.is_none()) return left;
    return Value{truth == Value{true} || holds(expression.children[1])};
}

Held Evaluator::comparison(const Expression& expression) {
    const Expression& a = expression.children[0];
    const Expression& b = expression.children[1];
    const Held left = visit(a);
    const Held right = visit(b);
    const bool equality = expression.op == Op::equal || expression.op == Op::unequal;
    const bool asks_none = equality && (is_none_literal(a) || is_none_literal(b));
    const auto answer = [&](const Value& l, const Value& r) {
        if (asks_none) return Value{(l.is_none() && r.is_none()) == (expression.op == Op::equal)};
        return compare(expression.op, l, r);
    };
    const std::string word{word_of(expression.op)};
    if (const auto* sealed = left.as<Sealed>())
        return ask(*sealed, word + " right", right.get(), [&](const Value& value) {
            return answer(value, plain(Held::borrowed(right.get())).get());
        });
    if (const auto* sealed = right.as<Sealed>())
        return ask(*sealed, word + " left", left.get(),
                   [&](const Value& value) { return answer(left.get(), value); });
    return answer(left.get(), right.get());
}

Held Evaluator::member(const Expression& expression) {
    const Held value = visit(expression.children[0]);
    const Held list = plain(visit(expression.children[1]));
    const auto* elements = list.as<List>();
    if (value.is_none() || elements == nullptr) return Value{false};
    for (const Value& element : *elements) {
        if (!spend(1)) return {};
        if (is_equal(value.get(), element)) return Value{true};
    }
    return Value{false};
}

bool Evaluator::is_equal(const Value& a, const Value& b) {
    if (const auto* sealed = a.as<Sealed>())
        return ask(*sealed, "== right", b, [&](const Value& value) {
                   return compare(Op::equal, value, plain(Held::borrowed(b)).get());
               }) == Value{true};
    if (const auto* sealed = b.as<Sealed>())
        return ask(*sealed, "== left", a,
                   [&](const Value& value) { return compare(Op::equal, a, value); }) == Value{true};
    return equal(a, b) == true;
}

Held Evaluator::arithmetic(const Expression& expression) {
    const Held a = plain(visit(expression.children[0]));
    const Held b = plain(visit(expression.children[1]));
    return calculate(expression.op, a.get(), b.get());
}

Held Evaluator::counted(const Expression& expression) {
    const Held period = plain(visit(expression.children[0]));
    const Held base = plain(visit(expression.children[1]));
    const auto* counted = period.as<Period>();
    const bool moment = base.as<CivilDate>() != nullptr || base.as<Instant>() != nullptr;
    if (counted == nullptr || !moment) return {};
    return environment_.count(*counted, expression.op == Op::after, base.get());
}

Value Evaluator::run(const Expression& expression) {
    Value value = take(visit(expression));
    return exhausted_ ? Value{} : std::move(value);
}

Value Environment::ask(const Sealed& sealed, const Digest&,
                       const std::function<Value(const Value& plain)>& answer) {
    return answer(unseal(sealed));
}

Value evaluate(const Expression& expression, Environment& environment) {
    return Evaluator{environment}.run(expression);
}

}  // namespace dutylog::rule
