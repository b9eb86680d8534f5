#pragma once

#include <expected>
#include <string>

#include "engine/definition/library.hpp"
#include "engine/definition/yaml.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::scenario {

/// Reads values as a fact or a form declares them: `1.2 mg/m3` for a quantity, an id for a
/// reference. Subjects are found by id in the world.
class Typed {
public:
    explicit Typed(const pdca::World& world) : world_{world} {}

    /// @returns the value, or what was expected and found
    std::expected<Value, std::string> value(const definition::Node& node,
                                            const rule::Type& type) const;
    /// A record with those keys of a mapping that are fields.
    std::expected<Record, std::string> record(
        const definition::Node& mapping, const std::vector<definition::FieldSpec>& fields) const;
    /// The subject of this id, whatever its kind; `kind/id` where two share one.
    std::expected<Reference, std::string> subject(const std::string& id) const;

private:
    std::expected<Value, std::string> scalar(const std::string& text, const rule::Type& type) const;

    const pdca::World& world_;
};

/// A quantity as written: a number, a blank, a unit. @returns none for other text
std::optional<Quantity> parse_quantity(std::string_view text);

}  // namespace dutylog::scenario
