#pragma once

#include <optional>
#include <vector>

#include "engine/rule/expression.hpp"
#include "engine/rule/scope.hpp"
#include "engine/rule/type_error.hpp"

namespace dutylog::rule {

/// Gives every part of the expression its type and turns what only the types can tell:
///
/// - the words of an enumeration, bare or in quotation marks, become literals of that type, where
///   the other side of `==`, `!=` or `in`, a parameter, a key or `wanted` asks for them;
/// - a step's id (`do.attend`) becomes one name.
///
/// What is unknown has the type `any`, so that one mistake is told once.
///
/// @param wanted  what is asked for; a truth that may be none is a truth. Nothing: anything goes
/// @returns every problem, in the order of the text; the expression may be evaluated where none of
///          them is an error
std::vector<TypeError> check(Expression& expression, const Scope& scope,
                             const std::optional<Type>& wanted);

/// The type both fit, for the sides of `or` and `?` and the parts of a list.
std::optional<Type> common_type(const Type& a, const Type& b);

}  // namespace dutylog::rule
