#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "adapters/cli/cuts.hpp"
#include "adapters/http/route.hpp"
#include "adapters/sqlite/reader.hpp"
#include "engine/runtime/publication.hpp"

namespace dutylog::server {

/// A world to answer from, with the clocks of the question. What it points at stays until the next
/// question of the same `Reading`.
struct Asked {
    const pdca::World* world = nullptr;
    Instant at;  ///< "overdue" is judged by it
    std::optional<Instant> known_at;
    boost::json::object cut;  ///< for the answer
};

/// The log as readers see it: a connection of its own and a state that follows the writer's
/// commits. Used from one thread at a time.
class Reading {
public:
    /// @throws StoreError, DecodeError, CorruptStream
    Reading(std::string path, runtime::Runtime& runtime);

    /// Everything that is committed by now.
    const pdca::World& now();
    sqlite::SqliteReader& store() { return store_; }

    /// The state as `true_at`, `known_at` and `rules_at` of a call ask for it. Without them it is
    /// the state now, which costs nothing; with them the log is read again.
    /// @throws cli::Failure  one of them is no time, or nothing was published by then
    Asked asked(const http::Call& call);

private:
    std::string path_;
    runtime::Runtime& runtime_;
    sqlite::SqliteReader store_;
    runtime::PublishedRules rules_;
    pdca::World world_;
    std::optional<cli::AskedWorld> past_;
};

}  // namespace dutylog::server
