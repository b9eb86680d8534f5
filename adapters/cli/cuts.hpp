#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "adapters/cli/arguments.hpp"
#include "adapters/cli/open_log.hpp"

namespace dutylog::cli {

/// The three clocks of a question, as options give them.
struct CutOptions {
    std::string at;        ///< true at
    std::string known_at;  ///< recorded by then
    std::string rules_at;  ///< under the rules in force then
};

/// Declares `--at`, `--known-at` and `--rules-at`.
void declare_cuts(Arguments& arguments, CutOptions& into);

/// A log's state as a question wants it.
struct AskedWorld {
    pdca::World world;
    Instant at;                       ///< the moment that "overdue" is judged by
    std::optional<Instant> known_at;  ///< events recorded later count for nothing
    bool as_true = false;       ///< facts were taken in the order in which they were true
    bool hypothetical = false;  ///< decided again under rules that were not in force
    std::string rules;          ///< label of those rules
};

/// Without options, the state now. `--at` alone means: as known then. A later `--known-at` lives the
/// facts through in the order in which they were true. `--rules-at` decides them again.
/// @throws Failure  an option is no time, or nothing was published by then
AskedWorld asked_world(Session& session, OpenedLog& log, const CutOptions& options);

/// `{at, known_at, hypothetical, rules}` for the JSON of an answer.
boost::json::object cuts_json(const AskedWorld& asked);
/// Says below an answer on which of the clocks it depends.
void tell_cuts(Console& console, const AskedWorld& asked);

}  // namespace dutylog::cli
