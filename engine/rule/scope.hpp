#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/rule/type.hpp"

namespace dutylog::rule {

/// What a function of the library asks and gives.
struct Signature {
    std::vector<Type> parameters;
    Type result;
};

/// What the names of an expression mean where it stands. The definition room implements it.
class Scope {
public:
    virtual ~Scope() = default;

    /// A variable: the subject, `on`, `due`, a form field; also a step's id with its dot
    /// (`do.attend`), which comes before a field of a variable `do`.
    virtual std::optional<Type> variable(std::string_view name) const = 0;
    /// A fact by its access name, a derived field, `id`, `kind`, or the parent's kind.
    virtual std::optional<Type> subject_field(std::string_view kind,
                                              std::string_view field) const = 0;
    /// @param record  a fact type, or `table:<id>` for a column; `on`, `at`, `known_on` and
    ///                `known_at` of facts are asked for here too
    virtual std::optional<Type> record_field(std::string_view record,
                                             std::string_view field) const = 0;
    /// The types of the keys of a table, without the date; nothing where there is no such table.
    virtual std::optional<std::vector<Type>> table(std::string_view id) const = 0;
    virtual std::optional<Signature> function(std::string_view name) const = 0;

    enum class Names : std::uint8_t { variables, subject_fields, record_fields, tables, functions };
    /// Every name of that sort, for "did you mean".
    /// @param owner  the kind of subject or the record whose fields are meant; else empty
    virtual std::vector<std::string> names(Names sort, std::string_view owner) const = 0;
};

}  // namespace dutylog::rule
