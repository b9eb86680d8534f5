#include "adapters/server/role_rights.hpp"

#include "engine/pdca/people.hpp"

namespace dutylog::server {

namespace {

constexpr Elapsed look_at_least = seconds(60);

}  // namespace

std::set<std::string> roles_stated_at(const registry::Subject& subject) {
    std::set<std::string> roles;
    const auto found = subject.facts.find("holds_role");
    if (found == subject.facts.end()) return roles;
    for (const registry::FactEntry& entry : found->second)
        if (const auto* role = entry.value["role"].as<std::string>()) roles.insert(*role);
    return roles;
}

const RoleRights::Person& RoleRights::of(const std::string& person, const pdca::World& world,
                                         Instant now) {
    static const Person nobody;
    if (!looked_ || now - *looked_ >= look_at_least || now < *looked_) look(world, now);
    const auto found = people_.find(person);
    return found == people_.end() ? nobody : found->second;
}

void RoleRights::look(const pdca::World& world, Instant now) {
    people_.clear();
    looked_ = now;
    if (world.rules == nullptr) return;
    const auto& roles = world.rules->library().roles;
    for (const auto& [id, subject] : world.subjects)
        for (const std::string& role : roles_stated_at(subject)) {
            const ActorId holder = pdca::holder(world, *world.rules, role, id, now);
            if (holder.empty()) continue;
            Person& person = people_[holder.str()];
            person.has_role = true;
            const auto declared = roles.find(role);
            const bool manages = managing_.empty()
                                     ? declared != roles.end() && declared->second.principal
                                     : managing_.contains(role);
            if (manages) person.manages.push_back(id);
        }
}

}  // namespace dutylog::server
