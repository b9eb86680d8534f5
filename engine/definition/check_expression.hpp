#pragma once

#include <optional>
#include <string>

#include "engine/definition/diagnostic.hpp"
#include "engine/definition/expression_scope.hpp"
#include "engine/definition/places.hpp"
#include "engine/rule/expression.hpp"
#include "engine/rule/scope.hpp"

namespace dutylog::definition {

/// Types an expression and puts the typed one in its place.
/// @param wanted  what is asked for; nothing: anything goes
/// @returns whether it has no error; true for a null expression
bool check_expression(rule::ExpressionPtr& expression, const std::string& path,
                      const rule::Scope& scope, const std::optional<rule::Type>& wanted,
                      const Places& places, Diagnostics& out);

/// Words asked of a table that no row of it has.
void check_table_keys(const rule::ExpressionPtr& expression, const std::string& path,
                      const Tables& tables, const Places& places, Diagnostics& out);

}  // namespace dutylog::definition
