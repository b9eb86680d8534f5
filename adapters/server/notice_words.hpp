#pragma once

#include <optional>
#include <string>

#include "engine/notice/compose.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::server {

/// What a notice tells one person, out of the state: titles, dates, and of people no more than
/// their ids. Links and the reader's own language come from whoever sends it.
/// @returns nothing where the notice's duty is gone
std::optional<notice::NoticeFacts> facts_of(const pdca::World& world, const pdca::Duty& duty,
                                            const pdca::NoticeState& told,
                                            const std::string& person, Instant now);

/// A subject as anybody may see it: its name, and of a person only the id.
std::string shown_name(const pdca::World& world, const Reference& subject);

/// The title of a step of the definition a cycle is pinned to.
Text step_title(const pdca::World& world, const pdca::Duty& duty, const pdca::Cycle& cycle,
                const std::string& step);

}  // namespace dutylog::server
