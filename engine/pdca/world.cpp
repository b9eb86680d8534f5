#include "engine/pdca/world.hpp"

#include <algorithm>

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
    const Reference* at = &id;
    while (at != nullptr && !at->empty() && at->kind != kind) {
        const registry::Subject* here = subject(*at);
        at = here == nullptr ? nullptr : &here->parent;
    }
    return at == nullptr ? Reference{} : *at;
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

namespace {

/// To the tallies of one subject, what the duty adds now instead of what it added before.
void add_share(World& world, const Duty& duty, const Reference& subject, const Tally& share) {
    const auto add = [&](const std::string& system) {
        Tally& tally = world.tallies[{system, subject}];
        tally -= duty.share;
        tally += share;
    };
    add("");
    if (!duty.system.empty() && duty.level != Level::system) add(duty.system);
}

}  // namespace

/// A system is a child of the programme alone, and the programme of nobody.
bool World::count(Duty& duty) {
    const Tally share = share_of(duty);
    if (share == duty.share) return false;
    const bool counts = duty.level != Level::programme && !tallied.empty();
    for (const Reference* at = counts ? &duty.subject : nullptr; at != nullptr && !at->empty();) {
        if (tallied.contains(at->kind)) add_share(*this, duty, *at, share);
        const registry::Subject* here = subject(*at);
        at = here == nullptr ? nullptr : &here->parent;
    }
    duty.share = share;
    return true;
}

void World::count_all() {
    tallied.clear();
    for (const auto& [digest, known] : known_rules)
        for (const definition::Definition* wheel : known->wheels()) tallied.insert(wheel->subject);
    tallies.clear();
    for (auto& [stream, duty] : duties) {
        duty.share = {};
        count(duty);
    }
}

void World::count_for(const Rules& added) {
    const auto fresh = [&](const definition::Definition* wheel) {
        return !tallied.contains(wheel->subject);
    };
    if (std::ranges::any_of(added.wheels(), fresh)) count_all();
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

const StreamId& channel_stream() {
    static const StreamId stream{"channels"};
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
