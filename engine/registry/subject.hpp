#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/core/effective.hpp"
#include "engine/core/id.hpp"
#include "engine/core/value.hpp"
#include "engine/log/envelope.hpp"

namespace dutylog::registry {

/// One recorded statement on its two time axes: when it was true, and when it became known.
struct FactEntry {
    log::Position position = 0;
    Effective effective;
    Instant recorded;
    ActorId actor;
    Value value;                    ///< a record
    bool voided = false;            ///< withdrawn; kept, never used again
    log::Position replaced_by = 0;  ///< the correction that took its place

    bool in_use() const { return !voided && replaced_by == 0; }

    template <class Archive>
    void serialize(Archive& archive) {
        archive(position, effective, recorded, actor, value, voided, replaced_by);
    }
};

/// What an obligation can be about: a worker, a post, an asset … with all that was stated of it.
struct Subject {
    Reference id;
    Reference parent;
    Value name;  ///< sealed for people
    log::Position added = 0;
    log::Position erased = 0;  ///< where its key was destroyed
    std::map<std::string, std::vector<FactEntry>>
        facts;      ///< by type; each list ordered by `before`
    Digest digest;  ///< chained over everything that happened to it

    template <class Archive>
    void serialize(Archive& archive) {
        archive(id, parent, name, added, erased, facts, digest);
    }
};

/// When two statements are ordered: by when they were true, then by content, then by position; so
/// that what was recorded at one instant in another order gives the same list.
bool before(const FactEntry& a, const FactEntry& b);

/// Puts an entry in its place.
void insert(std::vector<FactEntry>& entries, FactEntry entry);

}  // namespace dutylog::registry
