#include "engine/pdca/matching.hpp"

#include <algorithm>

namespace dutylog::pdca {

namespace {

void add(std::vector<RelatedFact>& found, const registry::Subject& subject,
         const std::string& fact) {
    const auto entries = subject.facts.find(fact);
    if (entries == subject.facts.end()) return;
    for (const registry::FactEntry& entry : entries->second) found.push_back({&subject, &entry});
}

/// Whether in use or not.
std::vector<RelatedFact> all_related(const World& world, const Rules& rules, const Reference& about,
                                     const std::string& fact) {
    std::vector<RelatedFact> found;
    const definition::FactType* type = rules.fact(fact);
    if (type == nullptr) return found;
    if (type->of == about.kind) {
        if (const registry::Subject* own = world.subject(about)) add(found, *own, fact);
        return found;
    }
    if (rules.within(about.kind, type->of)) {
        const registry::Subject* outer = world.subject(world.ancestor(about, type->of));
        if (outer != nullptr) add(found, *outer, fact);
        return found;
    }
    for (const registry::Subject* subject : world.subjects_of(type->of))
        if (world.inside(subject->id, about)) add(found, *subject, fact);
    std::stable_sort(found.begin(), found.end(), [](const RelatedFact& a, const RelatedFact& b) {
        return registry::before(*a.entry, *b.entry);
    });
    return found;
}

}  // namespace

std::vector<RelatedFact> related_facts(const World& world, const Rules& rules,
                                       const Reference& about, const std::string& fact) {
    std::vector<RelatedFact> found = all_related(world, rules, about, fact);
    std::erase_if(found, [](const RelatedFact& each) { return !each.entry->in_use(); });
    return found;
}

std::optional<RelatedFact> correction_of(const World& world, const Rules& rules,
                                         const Reference& about, const std::string& fact,
                                         Position position) {
    const auto all = all_related(world, rules, about, fact);
    auto found = fact_at(all, position);
    while (found && found->entry->replaced_by != 0) found = fact_at(all, found->entry->replaced_by);
    return found && found->entry->in_use() ? found : std::nullopt;
}

std::optional<RelatedFact> fact_at(const std::vector<RelatedFact>& facts, Position position) {
    for (const RelatedFact& fact : facts)
        if (fact.entry->position == position) return fact;
    return std::nullopt;
}

}  // namespace dutylog::pdca
