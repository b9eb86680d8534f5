#include "engine/definition/expression_scope.hpp"

#include <algorithm>
#include <array>

namespace dutylog::definition {

using rule::Kind;
using rule::Type;

namespace {

constexpr std::array<std::string_view, 4> built_in{"on", "at", "known_on", "known_at"};

Type text_type() { return plain_type(Kind::text); }

Type list_of(Type element) {
    Type list = plain_type(Kind::list);
    list.element = std::make_shared<const Type>(std::move(element));
    return list;
}

/// What the facts of a type are under their access name: a list, or one record or none.
Type accessed(const FactType& fact) {
    return fact.keep == Keep::latest ? record_of(fact.id, true) : list_of(record_of(fact.id));
}

template <class Map>
std::vector<std::string> keys_of(const Map& map) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : map) keys.push_back(key);
    return keys;
}

}  // namespace

Type plain_type(Kind kind, bool optional) {
    Type type;
    type.kind = kind;
    type.optional = optional;
    return type;
}

Type reference_to(std::string kind) {
    Type type = plain_type(Kind::reference);
    type.name = std::move(kind);
    return type;
}

Type record_of(std::string fact, bool optional) {
    Type type = plain_type(Kind::record, optional);
    type.name = std::move(fact);
    return type;
}

std::vector<std::string> parents_of(const Library& library, const std::string& kind) {
    std::vector<std::string> parents;
    auto found = library.kinds.find(kind);
    while (found != library.kinds.end() && !found->second.parent.empty() &&
           std::ranges::find(parents, found->second.parent) == parents.end()) {
        parents.push_back(found->second.parent);
        found = library.kinds.find(parents.back());
    }
    return parents;
}

bool related(const Library& library, const std::string& kind, const std::string& other) {
    const auto lives_in = [&](const std::string& inner, const std::string& outer) {
        const auto parents = parents_of(library, inner);
        return std::ranges::find(parents, outer) != parents.end();
    };
    return kind == other || lives_in(kind, other) || lives_in(other, kind);
}

ExpressionScope& ExpressionScope::set(std::string name, Type type) {
    variables_.insert_or_assign(std::move(name), std::move(type));
    return *this;
}

void ExpressionScope::resolve_with(DerivedType derived, FunctionType function) {
    derived_ = std::move(derived);
    function_ = std::move(function);
}

std::optional<Type> ExpressionScope::variable(std::string_view name) const {
    const auto found = variables_.find(name);
    return found == variables_.end() ? std::nullopt : std::optional{found->second};
}

const FactType* ExpressionScope::fact_of(std::string_view kind, std::string_view access) const {
    for (const auto& [id, fact] : library_.facts)
        if (fact.of == kind && fact.access == access) return &fact;
    return nullptr;
}

std::optional<Type> ExpressionScope::subject_field(std::string_view kind,
                                                   std::string_view field) const {
    if (field == "id" || field == "kind") return text_type();
    if (const FactType* fact = fact_of(kind, field)) return accessed(*fact);
    const auto subject = library_.kinds.find(std::string{kind});
    if (subject == library_.kinds.end()) return std::nullopt;
    if (const auto derived = subject->second.derived.find(std::string{field});
        derived != subject->second.derived.end()) {
        if (derived_) return derived_(std::string{kind}, std::string{field});
        return derived->second == nullptr ? plain_type(Kind::any, true) : derived->second->type;
    }
    for (const std::string& parent : parents_of(library_, std::string{kind}))
        if (parent == field) return reference_to(parent);
    return std::nullopt;
}

std::optional<Type> ExpressionScope::record_field(std::string_view record,
                                                  std::string_view field) const {
    constexpr std::string_view prefix = "table:";
    if (record.starts_with(prefix)) {
        const auto table = tables_.find(std::string{record.substr(prefix.size())});
        if (table == tables_.end()) return std::nullopt;
        const auto& columns = table->second.columns;
        const auto column = std::ranges::find(columns, field);
        if (column == columns.end()) return std::nullopt;
        return table->second.types[static_cast<std::size_t>(column - columns.begin())];
    }
    const auto fact = library_.facts.find(std::string{record});
    if (fact == library_.facts.end()) return std::nullopt;
    for (const FieldSpec& spec : fact->second.fields)
        if (spec.id == field) return spec.type;
    if (field == "on" || field == "known_on") return plain_type(Kind::date);
    if (field == "at" || field == "known_at") return plain_type(Kind::instant);
    if (field == "subject") return reference_to(fact->second.of);
    return std::nullopt;
}

std::optional<std::vector<Type>> ExpressionScope::table(std::string_view id) const {
    const auto table = tables_.find(std::string{id});
    if (table == tables_.end()) return std::nullopt;
    std::vector<Type> types;
    for (const Table::Key& key : table->second.keys) types.push_back(key.type);
    return types;
}

std::optional<rule::Signature> ExpressionScope::function(std::string_view name) const {
    const auto found = library_.functions.find(std::string{name});
    if (found == library_.functions.end()) return std::nullopt;
    rule::Signature signature{found->second.types, plain_type(Kind::any, true)};
    if (function_)
        signature.result = function_(found->first);
    else if (found->second.body != nullptr)
        signature.result = found->second.body->type;
    return signature;
}

std::vector<std::string> ExpressionScope::names(Names sort, std::string_view owner) const {
    switch (sort) {
        case Names::variables:
            return keys_of(variables_);
        case Names::tables:
            return keys_of(tables_);
        case Names::functions:
            return keys_of(library_.functions);
        case Names::subject_fields: {
            std::vector<std::string> known = parents_of(library_, std::string{owner});
            for (const auto& [id, fact] : library_.facts)
                if (fact.of == owner) known.push_back(fact.access);
            const auto kind = library_.kinds.find(std::string{owner});
            if (kind != library_.kinds.end())
                for (const auto& [name, derived] : kind->second.derived) known.push_back(name);
            known.emplace_back("id");
            return known;
        }
        case Names::record_fields: {
            if (owner.starts_with("table:")) {
                const auto table = tables_.find(std::string{owner.substr(6)});
                return table == tables_.end() ? std::vector<std::string>{} : table->second.columns;
            }
            std::vector<std::string> known{built_in.begin(), built_in.end()};
            const auto fact = library_.facts.find(std::string{owner});
            if (fact != library_.facts.end())
                for (const FieldSpec& spec : fact->second.fields) known.push_back(spec.id);
            return known;
        }
    }
    return {};
}

}  // namespace dutylog::definition
