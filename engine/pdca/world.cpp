#include "engine/pdca/world.hpp"

namespace dutylog::pdca {

const registry::Subject* World::subject(const Reference& id) const {
    const auto found = subjects.find(id);
    return found == subjects.end() ? nullptr : &found->second;
}

const Duty* World::duty(const StreamId& stream) const {
    const auto found = duties.find(stream);
    return found == duties.end() ? nullptr : &found->second;
}

Reference World::ancestor(const Reference& id, std::string_view kind) const {
    Reference at = id;
    while (!at.empty() && at.kind != kind) {
        const registry::Subject* here = subject(at);
        at = here == nullptr ? Reference{} : here->parent;
    }
    return at;
}

bool World::inside(const Reference& id, const Reference& outer) const {
    return ancestor(id, outer.kind) == outer;
}

std::vector<const registry::Subject*> World::subjects_of(std::string_view kind) const {
    std::vector<const registry::Subject*> found;
    const auto end = subjects.end();
    for (auto at = subjects.lower_bound(Reference{std::string{kind}, ""});
         at != end && at->first.kind == kind; ++at)
        found.push_back(&at->second);
    return found;
}

const definition::Definition* World::pinned(const std::string& id, const Digest& version) const {
    const definition::Definition* current = rules == nullptr ? nullptr : rules->definition(id);
    if (current != nullptr && current->version == version) return current;
    for (const auto& [digest, known] : known_rules) {
        const definition::Definition* old = known->definition(id);
        if (old != nullptr && old->version == version) return old;
    }
    return current;
}

StreamId subject_stream(const Reference& subject) {
    return StreamId{"subject/" + subject.kind + "/" + subject.id};
}

Reference subject_of_stream(const StreamId& stream) {
    constexpr std::string_view prefix = "subject/";
    const std::string& name = stream.str();
    if (!name.starts_with(prefix)) return {};
    const std::size_t slash = name.find('/', prefix.size());
    if (slash == std::string::npos) return {};
    return {name.substr(prefix.size(), slash - prefix.size()), name.substr(slash + 1)};
}

StreamId duty_stream(const std::string& definition, const Reference& subject) {
    return StreamId{"duty/" + definition + "/" + subject.kind + "/" + subject.id};
}

const StreamId& log_stream() {
    static const StreamId stream{"log"};
    return stream;
}

Digest state_hash_of(const World& world, const StreamId& stream) {
    if (const Duty* duty = world.duty(stream)) return state_hash(*duty);
    const registry::Subject* subject = world.subject(subject_of_stream(stream));
    return subject == nullptr ? Digest{} : subject->digest;
}

}  // namespace dutylog::pdca
