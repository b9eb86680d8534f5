#include "engine/rule/arithmetic.hpp"

#include <optional>

namespace dutylog::rule {

namespace {

Value value_of(std::optional<Decimal> number) { return number ? Value{*number} : Value{}; }

Value value_of(std::optional<Decimal> amount, const std::string& unit) {
    return amount ? Value{Quantity{*amount, unit}} : Value{};
}

std::optional<Decimal> calculate(Op op, Decimal a, Decimal b) {
    switch (op) {
        case Op::add:
            return add(a, b);
        case Op::subtract:
            return subtract(a, b);
        case Op::multiply:
            return multiply(a, b);
        case Op::divide:
            return divide(a, b);
        default:
            return std::nullopt;
    }
}

Value calculate(Op op, std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    bool overflow = false;
    switch (op) {
        case Op::add:
            overflow = __builtin_add_overflow(a, b, &result);
            break;
        case Op::subtract:
            overflow = __builtin_sub_overflow(a, b, &result);
            break;
        case Op::multiply:
            overflow = __builtin_mul_overflow(a, b, &result);
            break;
        default:
            return value_of(calculate(op, Decimal{a}, Decimal{b}));
    }
    return overflow ? Value{} : Value{result};
}

std::optional<Decimal> number(const Value& value) {
    if (const auto* whole = value.as<std::int64_t>()) return Decimal{*whole};
    if (const auto* decimal = value.as<Decimal>()) return *decimal;
    return std::nullopt;
}

Value of_quantities(Op op, const Quantity& a, const Quantity& b) {
    if (a.unit != b.unit || op == Op::multiply) return {};
    const auto result = calculate(op, a.amount, b.amount);
    return op == Op::divide ? value_of(result) : value_of(result, a.unit);
}

}  // namespace

Value calculate(Op op, const Value& a, const Value& b) {
    const auto* left = a.as<std::int64_t>();
    const auto* right = b.as<std::int64_t>();
    if (left != nullptr && right != nullptr) return calculate(op, *left, *right);
    const auto* first = a.as<Quantity>();
    const auto* second = b.as<Quantity>();
    if (first != nullptr && second != nullptr) return of_quantities(op, *first, *second);
    const auto x = number(a);
    const auto y = number(b);
    const bool scales = op == Op::multiply || op == Op::divide;
    if (x && y) return value_of(calculate(op, *x, *y));
    if (first != nullptr && y && scales)
        return value_of(calculate(op, first->amount, *y), first->unit);
    if (x && second != nullptr && op == Op::multiply)
        return value_of(multiply(*x, second->amount), second->unit);
    return {};
}

}  // namespace dutylog::rule
