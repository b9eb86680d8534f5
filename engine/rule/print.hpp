#pragma once

#include <string>

#include "engine/rule/expression.hpp"

namespace dutylog::rule {

/// The one canonical text: blanks and parentheses are determined, and `parse` reads it back as the
/// same expression (after `check`, where words of an enumeration are written bare).
std::string print(const Expression& expression);

/// Whether two expressions are the same but for their places in a text and their types.
bool same(const Expression& a, const Expression& b);

}  // namespace dutylog::rule
