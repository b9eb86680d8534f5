#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/pdca/world.hpp"
#include "engine/rule/environment.hpp"

namespace dutylog::pdca {

/// What an expression of a definition sees of the world, at one moment. Remembers which events it
/// read and how each date was counted.
class Scope : public rule::Environment {
public:
    /// @param now  facts true later than this are not seen by `latest` look-ups
    Scope(const World& world, const Rules& rules, Instant now);

    /// Adds or replaces a variable.
    void set(std::string_view name, Value value);

    Value variable(std::string_view name) override;
    Value field_of(const Reference& subject, std::string_view name) override;
    Value table_row(std::string_view id, std::span<const Value> keys, CivilDate on) override;
    Value count(const Period& period, bool forward, const Value& base) override;
    Value date_of(Instant at) override;
    const rule::Function* function(std::string_view name) override;
    Value unseal(const Sealed& sealed) override;

    /// A truth; none counts as false. A null expression is true.
    bool holds(const rule::ExpressionPtr& expression);

    /// Positions of the events read so far, sorted and unique.
    std::vector<Position> reads() const;

    /// How `date` was counted, if it came out of a count.
    struct Counted {
        Value result;
        calendar::Base base;
        calendar::DueRule rule;
    };
    const Counted* counted(const Value& result) const;

    /// A fact as expressions see it: its fields and `on`, `at`, `known_on`, `known_at`, `subject`.
    Value record_of(const Reference& subject, const registry::FactEntry& entry);

private:
    Value fact_of(const registry::Subject& subject, const definition::FactType& type);
    Value latest(const registry::Subject& subject, const std::vector<registry::FactEntry>& entries);
    Value latest_by(const registry::Subject& subject, const definition::FactType& type,
                    const std::vector<registry::FactEntry>& entries);
    Value all(const registry::Subject& subject, const std::vector<registry::FactEntry>& entries);

    const World& world_;
    const Rules& rules_;
    Instant now_;
    std::vector<std::pair<std::string, Value>> variables_;
    std::vector<Position> reads_;
    std::vector<Counted> counts_;
    int depth_ = 0;
};

}  // namespace dutylog::pdca
