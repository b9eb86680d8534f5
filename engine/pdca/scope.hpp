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
    Value ask(const Sealed& sealed, const Digest& question,
              const std::function<Value(const Value& plain)>& answer) override;
    /// Whether a sealed value passes a check; one that cannot be read does.
    bool passes(const Sealed& sealed, const Digest& check,
                const std::function<bool(const Value& plain)>& holds);

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
    Value record_of(const Reference& subject, std::string_view fact,
                    const registry::FactEntry& entry);

    /// Makes each field of a form a variable.
    void set_form(const StreamId& duty, std::string_view step, const Value& form);
    /// Notes where the sealed fields of a record stand, so that they can be opened.
    template <class Place>
    void place(const Value& record, Place place_of) {
        if (const auto* fields = record.as<Record>())
            for (const Field& field : fields->fields())
                if (const auto* sealed = field.value.as<Sealed>())
                    places_.emplace_back(*sealed, place_of(field.name));
    }

private:
    Value fact_of(const registry::Subject& subject, const definition::FactType& type);
    Value latest(const registry::Subject& subject, const definition::FactType& type,
                 const std::vector<registry::FactEntry>& entries);
    Value latest_by(const registry::Subject& subject, const definition::FactType& type,
                    const std::vector<registry::FactEntry>& entries);
    Value all(const registry::Subject& subject, const definition::FactType& type,
              const std::vector<registry::FactEntry>& entries);
    /// What the key opens.
    std::optional<Value> open(const Sealed& sealed) const;
    /// The same, and that it was needed and could not be read is noted.
    std::optional<Value> need(const Sealed& sealed);
    std::optional<SealedAnswer> known(const Sealed& sealed, const Digest& id) const;
    void note(const Sealed& sealed, const Digest& id, SealedAnswer answer) const;

    const World& world_;
    const Rules& rules_;
    Instant now_;
    std::vector<std::pair<std::string, Value>> variables_;
    std::vector<Position> reads_;
    std::vector<Counted> counts_;
    std::vector<std::pair<Sealed, log::SealPlace>> places_;
    std::size_t unread_ = 0;  ///< how often a sealed value could not be read
    int depth_ = 0;
};

}  // namespace dutylog::pdca
