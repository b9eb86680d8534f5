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

const definition::Definition* World::rule_of(const Duty& duty) const {
    const definition::Definition* current =
        rules == nullptr ? nullptr : rules->definition(duty.definition);
    return current != nullptr ? current : pinned(duty.definition, duty.version);
}

Tally World::tally_of(const Duty& wheel) const {
    const bool all = wheel.level == Level::programme;
    const auto found = tallies.find({all ? "" : wheel.system, wheel.subject});
    Tally tally = found == tallies.end() ? Tally{} : found->second;
    Tally own = wheel.share;  // its own lateness is shown; its cycle is no child of it
    own.duties = 0;
    own.open = 0;
    return tally += own;
}

/// A system is a child of the programme alone, and the programme of nobody.
bool World::count(Duty& duty) {
    const Tally share = share_of(duty);
    if (share == duty.share) return false;
    if (duty.level != Level::programme)
        for (Reference at = duty.subject; !at.empty();) {
            for (const std::string& system : {duty.system, std::string{}}) {
                if (duty.level == Level::system && !system.empty()) continue;
                Tally& tally = tallies[{system, at}];
                tally -= duty.share;
                tally += share;
                if (duty.system.empty()) break;
            }
            const registry::Subject* here = subject(at);
            at = here == nullptr ? Reference{} : here->parent;
        }
    duty.share = share;
    return true;
}

void World::count_all() {
    tallies.clear();
    for (auto& [stream, duty] : duties) {
        duty.share = {};
        count(duty);
    }
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

const StreamId& access_stream() {
    static const StreamId stream{"access"};
    return stream;
}

Digest state_hash_of(const World& world, const StreamId& stream) {
    if (const Duty* duty = world.duty(stream)) return state_hash(*duty);
    const registry::Subject* subject = world.subject(subject_of_stream(stream));
    return subject == nullptr ? Digest{} : subject->digest;
}

}  // namespace dutylog::pdca
