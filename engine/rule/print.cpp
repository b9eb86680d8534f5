#include "engine/rule/print.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "engine/rule/lexer.hpp"

namespace dutylog::rule {

namespace {

/// The rules of the grammar, the loosest first. What binds looser than its place asks for stands in
/// parentheses.
enum class Level : std::uint8_t {
    expression,
    alternative,
    conjunction,
    negation,
    comparison,
    sum,
    product,
    counted,
    postfix,
};

struct Shape {
    Op op;
    std::string_view symbol;
    Level own;
    Level left;
    Level right;
};

constexpr std::array shapes{
    Shape{Op::either, "or", Level::alternative, Level::alternative, Level::conjunction},
    Shape{Op::both, "and", Level::conjunction, Level::conjunction, Level::negation},
    Shape{Op::equal, "==", Level::comparison, Level::sum, Level::sum},
    Shape{Op::unequal, "!=", Level::comparison, Level::sum, Level::sum},
    Shape{Op::less, "<", Level::comparison, Level::sum, Level::sum},
    Shape{Op::less_equal, "<=", Level::comparison, Level::sum, Level::sum},
    Shape{Op::greater, ">", Level::comparison, Level::sum, Level::sum},
    Shape{Op::greater_equal, ">=", Level::comparison, Level::sum, Level::sum},
    Shape{Op::member, "in", Level::comparison, Level::sum, Level::sum},
    Shape{Op::add, "+", Level::sum, Level::sum, Level::product},
    Shape{Op::subtract, "-", Level::sum, Level::sum, Level::product},
    Shape{Op::multiply, "*", Level::product, Level::product, Level::counted},
    Shape{Op::divide, "/", Level::product, Level::product, Level::counted},
    Shape{Op::after, "after", Level::counted, Level::postfix, Level::counted},
    Shape{Op::before, "before", Level::counted, Level::postfix, Level::counted},
};

const Shape* shape_of(Op op) {
    const auto found = std::ranges::find(shapes, op, &Shape::op);
    return found == shapes.end() ? nullptr : &*found;
}

std::string in_quotation_marks(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

std::string print_literal(const Expression& literal) {
    const auto* text = literal.literal.as<std::string>();
    if (text == nullptr) return to_string(literal.literal);
    const bool bare = literal.type.kind == Kind::enumeration && is_name(*text);
    return bare ? *text : in_quotation_marks(*text);
}

std::string print(const Expression& expression, Level wanted);

std::string print_all(const std::vector<Expression>& expressions) {
    std::string text;
    for (const Expression& expression : expressions)
        text += (text.empty() ? "" : ", ") + print(expression, Level::expression);
    return text;
}

std::string print_method(const Expression& method) {
    const std::string call = print(method.children[0], Level::postfix) + "." + method.name + "(";
    if (method.children.size() < 2) return call + ")";
    return call + method.variable + ", " + print(method.children[1], Level::expression) + ")";
}

std::string print_choice(const Expression& choice) {
    return print(choice.children[0], Level::alternative) + " ? " +
           print(choice.children[1], Level::expression) + " : " +
           print(choice.children[2], Level::expression);
}

Level level_of(Op op) {
    if (op == Op::choose) return Level::expression;
    if (op == Op::negate) return Level::negation;
    const Shape* shape = shape_of(op);
    return shape == nullptr ? Level::postfix : shape->own;
}

std::string print_plain(const Expression& expression) {
    switch (expression.op) {
        case Op::literal:
            return print_literal(expression);
        case Op::name:
            return expression.name;
        case Op::field:
            return print(expression.children[0], Level::postfix) + "." + expression.name;
        case Op::call:
            return expression.name + "(" + print_all(expression.children) + ")";
        case Op::method:
            return print_method(expression);
        case Op::list:
            return "[" + print_all(expression.children) + "]";
        case Op::negate:
            return "not " + print(expression.children[0], Level::comparison);
        case Op::choose:
            return print_choice(expression);
        default:
            break;
    }
    const Shape& shape = *shape_of(expression.op);
    return print(expression.children[0], shape.left) + " " + std::string{shape.symbol} + " " +
           print(expression.children[1], shape.right);
}

std::string print(const Expression& expression, Level wanted) {
    const std::string text = print_plain(expression);
    return level_of(expression.op) < wanted ? "(" + text + ")" : text;
}

}  // namespace

std::string print(const Expression& expression) { return print(expression, Level::expression); }

bool same(const Expression& a, const Expression& b) {
    return a.op == b.op && a.literal == b.literal && a.name == b.name && a.variable == b.variable &&
           std::ranges::equal(a.children, b.children, same);
}

}  // namespace dutylog::rule
