#pragma once

#include <compare>
#include <set>
#include <string>

#include "engine/rule/expression.hpp"

namespace dutylog::rule {

/// A field an expression asks a subject or a record for.
struct FieldRead {
    std::string owner;  ///< kind of subject, fact type, or `table:<id>`; empty where not known
    std::string field;

    friend auto operator<=>(const FieldRead&, const FieldRead&) = default;
};

/// What an expression looks at. Functions are named, not looked into.
struct Reads {
    std::set<std::string> variables;  ///< without those of methods; a step as `do.attend`
    std::set<FieldRead> subjects;     ///< facts by access name, derived fields
    std::set<FieldRead> records;      ///< fields of facts and columns of tables
    std::set<std::string> tables;     ///< named by a text; a computed name cannot be known
    std::set<std::string> functions;  ///< of the library

    void add(const Reads& other);
};

/// @param expression  checked: fields are told apart by type
Reads reads(const Expression& expression);

}  // namespace dutylog::rule
