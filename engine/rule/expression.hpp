#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/value.hpp"
#include "engine/rule/type.hpp"

namespace dutylog::rule {

/// A place in the text of an expression: bytes from its start.
struct Span {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
};

enum class Op : std::uint8_t {
    literal,  ///< `literal`
    name,     ///< a variable of the scope: `worker`, `due`, `on`, a form field, a lambda variable
    field,    ///< children[0] . name
    call,     ///< name(children…): a function of the library or a built-in (`table`, `earliest` …)
    method,   ///< children[0].name(variable, children[1]): any all filter count map first last
              ///< earliest latest shortest longest sum max min; `variable` is empty without
              ///< arguments
    list,     ///< [children…]
    negate,   ///< not children[0]
    both,     ///< and
    either,   ///< or; also "this, or where it is none that"
    equal,
    unequal,
    less,
    less_equal,
    greater,
    greater_equal,
    member,  ///< children[0] in children[1]
    add,
    subtract,
    multiply,
    divide,
    after,
    before,  ///< period after|before date: counted as the Civil Code says; an instant stands for
             ///< its civil day, unless hours or minutes are counted: they give an instant
    choose,  ///< children[0] ? children[1] : children[2]
};

/// A typed, total expression. Built by `parse`, typed by `check`; evaluation never loops or fails:
/// what cannot be computed (a division by zero, a missing fact) is none.
struct Expression {
    Op op = Op::literal;
    Span span;
    Type type;  ///< filled by the checker
    Value literal;
    std::string name;
    std::string variable;  ///< of a method
    std::vector<Expression> children;
};

/// Shared and never changed once checked.
using ExpressionPtr = std::shared_ptr<const Expression>;

}  // namespace dutylog::rule
