#include <algorithm>

#include "engine/rule/check_pass.hpp"
#include "engine/rule/checker.hpp"

namespace dutylog::rule {

namespace {

bool has_order(const Type& type) {
    switch (type.kind) {
        case Kind::integer:
        case Kind::decimal:
        case Kind::quantity:
        case Kind::date:
        case Kind::instant:
        case Kind::period:
        case Kind::any:
            return true;
        default:
            return false;
    }
}

bool has_equality(const Type& type) { return type.kind != Kind::list && type.kind != Kind::record; }

/// Whether values of the two can be equal at all.
bool comparable(const Type& a, const Type& b) {
    if (!has_equality(a) || !has_equality(b)) return false;
    return fits(certain(a), certain(b)) || fits(certain(b), certain(a));
}

/// Only known when it runs: quantities whose units may differ.
bool may_fail(const Type& a, const Type& b) {
    return a.kind == Kind::any || b.kind == Kind::any ||
           (a.kind == Kind::quantity && a.unit != b.unit);
}

bool is_none(const Expression& expression) {
    return expression.op == Op::literal && expression.literal.is_none();
}

TypeCode mismatch(const Type& a, const Type& b) {
    if (a.kind == Kind::quantity && b.kind == Kind::quantity) return TypeCode::unit_mismatch;
    const bool dates = (a.kind == Kind::date && b.kind == Kind::instant) ||
                       (a.kind == Kind::instant && b.kind == Kind::date);
    return dates ? TypeCode::date_and_instant : TypeCode::not_comparable;
}

}  // namespace

void CheckPass::visit_both(Expression& left, Expression& right) {
    const bool right_first = needs_context(left) && !needs_context(right);
    Expression& first = right_first ? right : left;
    Expression& second = right_first ? left : right;
    visit(first);
    visit(second, &first.type);
}

void CheckPass::compare_with_none(const Expression& comparison) {
    const bool left = is_none(comparison.children[0]);
    const Expression& asked = comparison.children[left ? 1 : 0];
    if (comparison.op != Op::equal && comparison.op != Op::unequal) {
        report(TypeCode::no_order, comparison.children[left ? 0 : 1].span).found =
            plain(Kind::none);
    } else if (!asked.type.optional && !is_open(asked.type)) {
        warn(TypeCode::never_none, asked.span).found = asked.type;
    }
}

Type CheckPass::comparison(Expression& expression) {
    Expression& left = expression.children[0];
    Expression& right = expression.children[1];
    visit_both(left, right);
    if (is_none(left) || is_none(right)) {
        compare_with_none(expression);
        return plain(Kind::truth);
    }
    const bool ordering = expression.op != Op::equal && expression.op != Op::unequal;
    if (!comparable(left.type, right.type)) {
        TypeError& error = report(mismatch(left.type, right.type), expression.span);
        error.expected = left.type;
        error.found = right.type;
    } else if (ordering && !(has_order(left.type) && has_order(right.type))) {
        report(TypeCode::no_order, expression.span).found = left.type;
    }
    return plain(Kind::truth, may_fail(left.type, right.type));
}

Type CheckPass::member(Expression& expression) {
    Expression& left = expression.children[0];
    Expression& right = expression.children[1];
    if (needs_context(left) && !needs_context(right)) {
        visit(right);
        visit(left, right.type.kind == Kind::list ? right.type.element.get() : nullptr);
    } else {
        const Type wanted = list_of(certain(visit(left)));
        visit(right, &wanted);
    }
    if (is_open(right.type)) return plain(Kind::truth, true);
    if (right.type.kind != Kind::list) {
        TypeError& error = report(TypeCode::not_a_list, right.span);
        error.name = "in";
        error.found = right.type;
    } else if (right.type.element && !comparable(left.type, *right.type.element)) {
        TypeError& error = report(mismatch(left.type, *right.type.element), expression.span);
        error.expected = left.type;
        error.found = *right.type.element;
    }
    return plain(Kind::truth);
}

}  // namespace dutylog::rule
