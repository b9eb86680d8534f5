#include <algorithm>

#include "engine/rule/check_pass.hpp"
#include "engine/rule/checker.hpp"

namespace dutylog::rule {

namespace {

bool is_moment(const Type& type) { return type.kind == Kind::date || type.kind == Kind::instant; }

/// Whether one of the values is a text in quotation marks that is no word of the enumeration. As
/// the other side of `or` and `?` that is no mistake, but makes a text of both.
bool names_other_texts(const Expression& values, const Type& type) {
    if (type.kind != Kind::enumeration) return false;
    const auto* text = values.literal.as<std::string>();
    if (text != nullptr) return std::ranges::find(type.words, *text) == type.words.end();
    const auto other = [&](const Expression& value) { return names_other_texts(value, type); };
    if (values.op == Op::either) return std::ranges::any_of(values.children, other);
    return values.op == Op::choose && (other(values.children[1]) || other(values.children[2]));
}

/// The type of `a op b`; nothing where the two cannot be joined so.
std::optional<Type> result_of(Op op, const Type& a, const Type& b) {
    const bool numbers = is_number(a) && is_number(b);
    const bool quantities = a.kind == Kind::quantity && b.kind == Kind::quantity &&
                            (a.unit == b.unit || a.unit.empty() || b.unit.empty());
    const bool whole = a.kind == Kind::integer && b.kind == Kind::integer && op != Op::divide;
    if (numbers) return plain(whole ? Kind::integer : Kind::decimal, op == Op::divide);
    if (quantities && op == Op::divide) return plain(Kind::decimal, true);
    if (quantities && op != Op::multiply) {
        Type type = a.unit.empty() ? b : a;
        type.optional = a.unit != b.unit || a.unit.empty();
        return type;
    }
    if (a.kind == Kind::quantity && is_number(b) && (op == Op::multiply || op == Op::divide)) {
        Type type = a;
        type.optional = op == Op::divide;
        return type;
    }
    if (is_number(a) && b.kind == Kind::quantity && op == Op::multiply) return certain(b);
    return std::nullopt;
}

/// Hours and minutes give an instant, days and more a date. What a period read from a table counts
/// is known when it runs: from a date it is taken for days.
Type counted_type(const Expression& period, const Expression& base) {
    const bool optional = base.type.optional || period.type.optional || is_open(period.type);
    const auto* literal = period.literal.as<Period>();
    if (literal == nullptr)
        return base.type.kind == Kind::date ? plain(Kind::date, optional) : plain(Kind::any, true);
    const bool hours = literal->unit == PeriodUnit::hours || literal->unit == PeriodUnit::minutes;
    return plain(hours ? Kind::instant : Kind::date, optional);
}

TypeCode arithmetic_code(Op op, const Type& a, const Type& b) {
    const bool sum = op == Op::add || op == Op::subtract;
    const bool counted =
        (a.kind == Kind::period && is_moment(b)) || (is_moment(a) && b.kind == Kind::period);
    if (sum && counted) return TypeCode::period_plus_date;
    if (op == Op::subtract && is_moment(a) && is_moment(b)) return TypeCode::date_minus_date;
    const bool quantities = a.kind == Kind::quantity && b.kind == Kind::quantity;
    return quantities && op != Op::multiply ? TypeCode::unit_mismatch : TypeCode::no_arithmetic;
}

}  // namespace

std::optional<Type> common_type(const Type& a, const Type& b) {
    if (a.kind == Kind::none) return b.kind == Kind::none ? b : or_none(b);
    if (b.kind == Kind::none) return or_none(a);
    if (a.kind == Kind::any || b.kind == Kind::any) return plain(Kind::any, true);
    const bool optional = a.optional || b.optional;
    for (const auto& [narrow, wide] : {std::pair{&a, &b}, std::pair{&b, &a}}) {
        if (!fits(certain(*narrow), certain(*wide))) continue;
        Type type = *wide;
        type.optional = optional;
        if (type.kind == Kind::list && !type.element) type.element = narrow->element;
        return type;
    }
    const bool texts = a.kind == Kind::enumeration && b.kind == Kind::enumeration;
    const bool lists = a.kind == Kind::list && b.kind == Kind::list;
    if (texts) return plain(Kind::text, optional);
    if (a.kind == Kind::quantity && b.kind == Kind::quantity)
        return plain(Kind::quantity, optional);
    if (a.kind == Kind::reference && b.kind == Kind::reference)
        return plain(Kind::reference, optional);
    if (!lists) return std::nullopt;
    auto element = common_type(*a.element, *b.element);
    return element ? std::optional{list_of(std::move(*element), optional)} : std::nullopt;
}

Type CheckPass::operation(Expression& expression, const Type* wanted) {
    switch (expression.op) {
        case Op::negate:
        case Op::both:
            for (Expression& child : expression.children) visit_truth(child);
            return plain(Kind::truth);
        case Op::either:
            return either(expression, wanted);
        case Op::choose:
            return choose(expression, wanted);
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
        default:
            return comparison(expression);
    }
}

Type CheckPass::either(Expression& expression, const Type* wanted) {
    Expression& left = expression.children[0];
    Expression& right = expression.children[1];
    visit(left, wanted);
    if (left.type.kind == Kind::truth) {
        visit_truth(right);
        return plain(Kind::truth,
                     left.type.optional && (right.type.optional || is_open(right.type)));
    }
    visit(right, names_other_texts(right, left.type) ? nullptr : &left.type);
    if (!left.type.optional && !is_open(left.type))
        warn(TypeCode::never_none, left.span).found = left.type;
    Type type = common(right, left.type, right.type);
    type.optional = right.type.optional || right.type.kind == Kind::none;
    return type;
}

Type CheckPass::choose(Expression& expression, const Type* wanted) {
    Expression& yes = expression.children[1];
    Expression& no = expression.children[2];
    visit_truth(expression.children[0]);
    if (wanted != nullptr) {
        visit(yes, wanted);
        visit(no, wanted);
    } else {
        const bool no_first = needs_context(yes) && !needs_context(no);
        Expression& first = no_first ? no : yes;
        Expression& second = no_first ? yes : no;
        visit(first);
        visit(second, names_other_texts(second, first.type) ? nullptr : &first.type);
    }
    return common(no, yes.type, no.type);
}

Type CheckPass::common(const Expression& at, const Type& a, const Type& b) {
    if (auto shared = common_type(a, b)) return std::move(*shared);
    TypeError& error = report(TypeCode::no_common_type, at.span);
    error.expected = a;
    error.found = b;
    return plain(Kind::any, true);
}

/// Words, bare or in quotation marks, are read by what the other side is.
bool CheckPass::needs_context(const Expression& expression) const {
    switch (expression.op) {
        case Op::name:
            return !variable(expression.name);
        case Op::literal:
            return expression.literal.as<std::string>() != nullptr;
        case Op::list:
            return std::ranges::all_of(expression.children,
                                       [&](const auto& child) { return needs_context(child); });
        case Op::choose:
            return needs_context(expression.children[1]) && needs_context(expression.children[2]);
        default:
            return false;
    }
}

Type CheckPass::arithmetic(Expression& expression) {
    const Type a = visit(expression.children[0]);
    const Type b = visit(expression.children[1]);
    if (is_open(a) || is_open(b)) return plain(Kind::any, true);
    if (auto type = result_of(expression.op, a, b)) {
        type->optional = type->optional || a.optional || b.optional;
        return std::move(*type);
    }
    TypeError& error = report(arithmetic_code(expression.op, a, b), expression.span);
    error.expected = a;
    error.found = b;
    return plain(Kind::any, true);
}

Type CheckPass::counted(Expression& expression) {
    Expression& period = expression.children[0];
    Expression& base = expression.children[1];
    visit(period);
    require(period, plain(Kind::period, true));
    visit(base);
    if (base.type.kind == Kind::any) return plain(Kind::any, true);
    if (!is_moment(base.type)) {
        require(base, plain(Kind::date, true));
        return plain(Kind::any, true);
    }
    const Type result = counted_type(period, base);
    if (result.kind == Kind::instant && base.type.kind == Kind::date)
        report(TypeCode::hours_of_date, expression.span).found = base.type;
    return result;
}

}  // namespace dutylog::rule
