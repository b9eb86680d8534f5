#include "engine/pdca/people.hpp"

#include "engine/pdca/scope.hpp"

namespace dutylog::pdca {

namespace {

/// The newest statement of who holds a role of this very subject; null where none was made.
const registry::FactEntry* statement(const registry::Subject& subject, const std::string& role,
                                     Instant now) {
    const auto found = subject.facts.find("holds_role");
    if (found == subject.facts.end()) return nullptr;
    for (auto entry = found->second.rbegin(); entry != found->second.rend(); ++entry) {
        const auto* named = entry->value["role"].as<std::string>();
        if (entry->in_use() && entry->effective.at <= now && named != nullptr && *named == role)
            return &*entry;
    }
    return nullptr;
}

std::string person_in(const registry::FactEntry& entry, std::string_view field) {
    const Value& value = entry.value[field];
    if (const auto* reference = value.as<Reference>()) return reference->id;
    if (const auto* text = value.as<std::string>()) return *text;
    return {};
}

/// Where the look-up begins: the role's scope, if the subject names one (`worker.post`).
Reference start_of(const World& world, const Rules& rules, const std::string& role,
                   const Reference& subject, Instant now) {
    const auto found = rules.library().roles.find(role);
    if (found == rules.library().roles.end() || found->second.scope.empty()) return subject;
    if (found->second.scope == subject.kind) return subject;
    Scope scope{world, rules, now};
    const Value place = scope.field_of(subject, found->second.scope);
    const auto* reference = place.as<Reference>();
    return reference == nullptr ? subject : *reference;
}

ActorId deputy(const World& world, const Rules& rules, const ActorId& person, Instant now) {
    const registry::Subject* subject = world.subject(person_reference(world, rules, person));
    if (subject == nullptr) return person;
    const auto found = subject->facts.find("absence");
    if (found == subject->facts.end()) return person;
    const CivilDate today = rules.zone().local(now).date;
    for (auto entry = found->second.rbegin(); entry != found->second.rend(); ++entry) {
        if (!entry->in_use() || entry->effective.at > now) continue;
        const auto* until = entry->value["until"].as<CivilDate>();
        if (until != nullptr && today > *until) return person;
        const std::string stand_in = person_in(*entry, "deputy");
        return stand_in.empty() ? person : ActorId{stand_in};
    }
    return person;
}

}  // namespace

Reference person_reference(const World& world, const Rules& rules, const ActorId& person) {
    for (const auto& [id, kind] : rules.library().kinds)
        if (kind.person && world.subject({id, person.str()}) != nullptr) return {id, person.str()};
    return {};
}

ActorId holder(const World& world, const Rules& rules, const std::string& role,
               const Reference& subject, Instant now) {
    if (role == subject.kind) return ActorId{subject.id};  // the worker's own step
    Reference at = start_of(world, rules, role, subject, now);
    while (!at.empty()) {
        const registry::Subject* here = world.subject(at);
        if (here == nullptr) break;
        if (const registry::FactEntry* entry = statement(*here, role, now)) {
            const std::string person = person_in(*entry, "person");
            return person.empty() ? ActorId{} : deputy(world, rules, ActorId{person}, now);
        }
        at = here->parent;
    }
    return {};
}

ActorId principal(const World& world, const Rules& rules, const Reference& subject, Instant now) {
    for (const auto& [id, role] : rules.library().roles)
        if (role.principal) return holder(world, rules, id, subject, now);
    return {};
}

ActorId head_of(const World& world, const Rules& rules, const ActorId& person, Instant now) {
    const registry::Subject* subject = world.subject(person_reference(world, rules, person));
    if (subject == nullptr) return {};
    const registry::FactEntry* entry = statement(*subject, "head", now);
    return entry == nullptr ? ActorId{} : ActorId{person_in(*entry, "person")};
}

}  // namespace dutylog::pdca
