#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "engine/core/civil_date.hpp"
#include "engine/core/digest.hpp"
#include "engine/core/value.hpp"
#include "engine/rule/expression.hpp"

namespace dutylog::rule {

/// A function of the library: an expression over its parameters; never recursive.
struct Function {
    std::vector<std::string> parameters;
    std::vector<Type> types;  ///< of the parameters
    ExpressionPtr body;
};

/// Everything an expression can see. The machine implements it and records what was read.
/// Facts reach expressions as records with the built-in fields `on` (effective civil date), `at`
/// (effective instant), `known_on` and `known_at` (recorded) beside their own.
class Environment {
public:
    virtual ~Environment() = default;
    /// A variable of the scope that is no lambda variable or parameter; none where it does not
    /// exist. The date of an earlier step is asked for by its id: `do.attend`.
    virtual Value variable(std::string_view name) = 0;
    /// `subject.name`: a fact by its access name (one record, or a list), a derived field of the
    /// library, or the built-in `id`, `kind` and the parent's kind (`worker.site`).
    virtual Value field_of(const Reference& subject, std::string_view name) = 0;
    /// The row of table `id` for these keys, valid on `on`, as a record; none where there is none.
    virtual Value table_row(std::string_view id, std::span<const Value> keys, CivilDate on) = 0;
    /// `period after base` (`forward`) or `period before base`, counted by the calendar of the
    /// place.
    virtual Value count(const Period& period, bool forward, const Value& base) = 0;
    /// The civil date of an instant at the place: `date(instant)`.
    virtual Value date_of(Instant at) = 0;
    /// Null where the library has none of this name.
    virtual const Function* function(std::string_view name) = 0;
    /// The plain value of a sealed field; none where its key is gone.
    virtual Value unseal(const Sealed& sealed) = 0;
    /// A question with a yes or a no (or none), asked of a sealed field. The machine keeps the
    /// answer, so that it can be given again when the key is gone.
    /// @param question  names the question: equal questions of equal fields have equal answers
    /// @param answer    answers it from the plain value
    virtual Value ask(const Sealed& sealed, const Digest& question,
                      const std::function<Value(const Value& plain)>& answer);
};

/// A bound on the work of one evaluation: parts visited, elements looked at, values copied.
inline constexpr int steps_max = 100'000;

/// Total and bounded: what cannot be computed, takes more than `steps_max` steps or calls functions
/// too deep is none. A function given none for a parameter that may not be none gives none. Sealed
/// values are asked or read where an operation looks at them, and passed on sealed.
/// @param expression  checked
/// @returns none where the result cannot be computed
Value evaluate(const Expression& expression, Environment& environment);

}  // namespace dutylog::rule
