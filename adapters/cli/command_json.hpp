#pragma once

#include <boost/json.hpp>
#include <expected>
#include <optional>

#include "adapters/cli/phrase.hpp"
#include "engine/pdca/commands.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::cli {

/// A command as JSON gives it, with who, when and why.
struct GivenCommand {
    pdca::Command command;
    pdca::Meta meta;
};

/// Why a command cannot be read: under which key, what was expected and what was found.
struct CommandProblem {
    std::string key;  ///< `value.hazard`; empty where the whole is meant
    Phrase words;
};

/// Reads one command (docs/cli.md). Unknown keys are errors; values are read as the fact type or
/// the step's form declares them, and may all be written as texts.
/// @param world  knows the subjects, fact types and duties that are named
/// @param now  stands in for `at` where it is left out
std::expected<GivenCommand, CommandProblem> command_from_json(const boost::json::value& json,
                                                              const pdca::World& world,
                                                              Instant now);

/// The same form back; references to subjects are written with their kind.
boost::json::object command_to_json(const pdca::Command& command, const pdca::Meta& meta);

/// The JSON Schema (draft 2020-12) of every command.
boost::json::value command_schema();

/// When something was so, as a command's `at` says it: an instant, a local time
/// `2025-12-05T09:30`, a civil date, `unknown`. @returns nothing for other texts
std::optional<Effective> read_effective(const std::string& text, const calendar::Zone& zone,
                                        Instant now);

}  // namespace dutylog::cli
