#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/definition/library.hpp"
#include "engine/rule/scope.hpp"

namespace dutylog::definition {

using Tables = std::map<std::string, Table>;

/// What the names of an expression mean: the library, the tables, and the variables of its place.
class ExpressionScope : public rule::Scope {
public:
    /// Gives the type of a derived field or a function that may not be checked yet.
    using DerivedType =
        std::function<rule::Type(const std::string& kind, const std::string& field)>;
    using FunctionType = std::function<rule::Type(const std::string& function)>;

    ExpressionScope(const Library& library, const Tables& tables)
        : library_{library}, tables_{tables} {}

    /// Adds or replaces a variable, which may be a step's id with its dot.
    ExpressionScope& set(std::string name, rule::Type type);
    void resolve_with(DerivedType derived, FunctionType function);

    std::optional<rule::Type> variable(std::string_view name) const override;
    std::optional<rule::Type> subject_field(std::string_view kind,
                                            std::string_view field) const override;
    std::optional<rule::Type> record_field(std::string_view record,
                                           std::string_view field) const override;
    std::optional<std::vector<rule::Type>> table(std::string_view id) const override;
    std::optional<rule::Signature> function(std::string_view name) const override;
    std::vector<std::string> names(Names sort, std::string_view owner) const override;

private:
    const FactType* fact_of(std::string_view kind, std::string_view access) const;

    const Library& library_;
    const Tables& tables_;
    std::map<std::string, rule::Type, std::less<>> variables_;
    DerivedType derived_;
    FunctionType function_;
};

/// Types often asked for.
rule::Type plain_type(rule::Kind kind, bool optional = false);
rule::Type reference_to(std::string kind);
rule::Type record_of(std::string fact, bool optional = false);

/// The kinds a kind lives in, nearest first, without itself; ends at a circle.
std::vector<std::string> parents_of(const Library& library, const std::string& kind);
/// Whether facts about `kind` can concern a subject of `other`: one lives somewhere in the other.
bool related(const Library& library, const std::string& kind, const std::string& other);

}  // namespace dutylog::definition
