#pragma once

#include <optional>
#include <vector>

#include "engine/pdca/scope.hpp"

namespace dutylog::pdca {

/// A fact together with the subject it is about.
struct RelatedFact {
    const registry::Subject* subject = nullptr;
    const registry::FactEntry* entry = nullptr;
};

/// Facts of a type that concern `about`: its own, those of what lives inside it, or of what it
/// lives in; in use, ordered by when they were true.
std::vector<RelatedFact> related_facts(const World& world, const Rules& rules,
                                       const Reference& about, const std::string& fact);

/// The correction in use that took the place of the fact recorded at `position`, by way of others
/// or at once; nothing where it was voided or is no such fact.
std::optional<RelatedFact> correction_of(const World& world, const Rules& rules,
                                         const Reference& about, const std::string& fact,
                                         Position position);

/// The fact recorded at `position`; nothing where it is not among `facts`.
std::optional<RelatedFact> fact_at(const std::vector<RelatedFact>& facts, Position position);

}  // namespace dutylog::pdca
