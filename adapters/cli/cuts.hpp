#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "adapters/cli/arguments.hpp"
#include "adapters/cli/open_log.hpp"
#include "engine/history/other_rules.hpp"

namespace dutylog::cli {

/// The three clocks of a question, as options give them.
struct CutOptions {
    std::string at;                     ///< true at
    std::string known_at;               ///< recorded by then
    std::string rules_at;               ///< a date: under what is valid on it
    std::vector<std::string> days_off;  ///< under a calendar with these days off
    std::vector<std::string> workdays;  ///< and these worked
};

/// Declares `--at`, `--known-at`, `--rules-at`, `--day-off` and `--workday`.
void declare_cuts(Arguments& arguments, CutOptions& into);

/// A log's state as a question wants it.
struct AskedWorld {
    pdca::World world;
    Instant at;                       ///< the moment that "overdue" is judged by
    std::optional<Instant> known_at;  ///< events recorded later count for nothing
    bool as_true = false;             ///< facts were taken in the order in which they were true
    bool hypothetical = false;        ///< decided again under rules that were not in force
    history::OtherRules other;        ///< those rules
    pdca::World decided;              ///< as it was decided, where the answer is hypothetical
    std::vector<history::DroppedAct> dropped;  ///< acts that were not possible under those rules
};

/// Without options, the state now. `--at` alone means: as known then. A later `--known-at` lives
/// the facts through in the order in which they were true. `--rules-at` and changed days decide
/// them again.
/// @throws Failure  an option is no time, or nothing was published by then
AskedWorld asked_world(Session& session, OpenedLog& log, const CutOptions& options);

/// `{at, known_at, as_true, hypothetical, rules, not_possible}` for the JSON of an answer.
boost::json::object cuts_json(const AskedWorld& asked);
/// Says below an answer on which of the clocks it depends.
void tell_cuts(Console& console, const AskedWorld& asked);

}  // namespace dutylog::cli
