#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/rule/expression.hpp"
#include "engine/rule/method.hpp"
#include "engine/rule/scope.hpp"
#include "engine/rule/type_error.hpp"

namespace dutylog::rule {

/// One walk over an expression; the inside of `check`. Each function gives the part its type and
/// returns it.
class CheckPass {
public:
    explicit CheckPass(const Scope& scope) : scope_{scope} {}

    /// @param wanted  what the place asks for, so that bare words can be read; null where it is
    /// open.
    ///                Whether the result fits is for the caller to say.
    const Type& visit(Expression& expression, const Type* wanted = nullptr);
    /// Visits a condition: a truth, which may be none.
    void visit_truth(Expression& expression);
    /// Says what is wrong where `expression` does not fit, with the code that helps most.
    void require(const Expression& expression, const Type& wanted);

    std::vector<TypeError> errors;

private:
    struct Local {
        std::string name;
        Type type;
    };

    // names and fields: checker.cpp
    Type literal(Expression& literal, const Type* wanted);
    Type word(Expression& expression, const std::string& text, const Type& wanted);
    Type name(Expression& name, const Type* wanted);
    Type unknown_name(const Expression& name, const Type* wanted);
    Type field(Expression& field);
    Type field_of(const Expression& field, const Type& base);
    Type list(Expression& list, const Type* wanted);
    std::optional<Type> variable(std::string_view name) const;
    std::vector<std::string> variables() const;

    // operations: check_operations.cpp
    Type operation(Expression& expression, const Type* wanted);
    Type either(Expression& expression, const Type* wanted);
    Type choose(Expression& expression, const Type* wanted);
    Type arithmetic(Expression& expression);
    Type counted(Expression& expression);
    Type common(const Expression& at, const Type& a, const Type& b);
    bool needs_context(const Expression& expression) const;

    // comparisons: check_comparisons.cpp
    Type comparison(Expression& expression);
    Type member(Expression& expression);
    void visit_both(Expression& left, Expression& right);
    void compare_with_none(const Expression& comparison);

    // functions and methods: check_calls.cpp
    Type call(Expression& call);
    Type builtin(Expression& call, Builtin builtin);
    Type table(Expression& call);
    Type pick_date(Expression& call);
    Type method(Expression& method);
    Type asked(Expression& method, const Type& element);
    Type reduced(const Expression& body, Method method);
    bool argument(Expression& argument, const Type& wanted);

    TypeError& report(TypeCode code, Span span);
    TypeError& warn(TypeCode code, Span span);
    void suggest(TypeError& error, std::string_view word, const std::vector<std::string>& known);

    const Scope& scope_;
    std::vector<Local> locals_;
};

/// Shorthands for types without a name.
inline Type plain(Kind kind, bool optional = false) {
    Type type;
    type.kind = kind;
    type.optional = optional;
    return type;
}
inline Type list_of(Type element, bool optional = false) {
    Type type = plain(Kind::list, optional);
    type.element = std::make_shared<const Type>(std::move(element));
    return type;
}
inline bool is_number(const Type& type) {
    return type.kind == Kind::integer || type.kind == Kind::decimal;
}
inline bool is_open(const Type& type) {  // none or anything: no more can be said
    return type.kind == Kind::any || type.kind == Kind::none;
}
inline Type certain(Type type) {
    type.optional = false;
    return type;
}
inline Type or_none(Type type) {
    type.optional = type.kind != Kind::none;
    return type;
}
/// The place of the name at the end of a field.
inline Span name_at_end(const Expression& field) {
    return {field.span.to - static_cast<std::uint32_t>(field.name.size()), field.span.to};
}
/// The place of the name at the start of a call.
inline Span name_at_start(const Expression& call) {
    return {call.span.from, call.span.from + static_cast<std::uint32_t>(call.name.size())};
}

}  // namespace dutylog::rule
