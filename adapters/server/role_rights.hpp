#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/pdca/world.hpp"

namespace dutylog::server {

/// Every role that was ever stated for the subject.
std::set<std::string> roles_stated_at(const registry::Subject& subject);

/// What the log's own statements of who holds which role let people do. Holding any role gives the
/// right to work on what is one's own; a role that manages gives `manage` over the subject for
/// which it is held, and what lives inside it. Deputies have it while they stand in.
class RoleRights {
public:
    struct Person {
        bool has_role = false;
        std::vector<Reference> manages;
    };

    /// @param managing  ids of roles; empty: those the library calls `principal`
    explicit RoleRights(std::set<std::string> managing) : managing_{std::move(managing)} {}

    /// Statements of roles, the rules or a record of the log have changed.
    void forget() { looked_.reset(); }
    /// Looks again where something has changed, and at least once a minute: a role or an absence
    /// may begin or end.
    const Person& of(const std::string& person, const pdca::World& world, Instant now);

private:
    void look(const pdca::World& world, Instant now);

    std::set<std::string> managing_;
    std::map<std::string, Person> people_;
    std::optional<Instant> looked_;
};

}  // namespace dutylog::server
