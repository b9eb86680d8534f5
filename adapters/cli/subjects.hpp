#pragma once

#include <expected>
#include <string>

#include "adapters/cli/phrase.hpp"
#include "engine/pdca/world.hpp"

namespace dutylog::cli {

/// The subject that a text names: `worker/zhang`, or `zhang` where one kind alone has that id.
/// @param kind  looked for first; may be empty
std::expected<Reference, Phrase> find_subject(const pdca::World& world, const std::string& text,
                                              const std::string& kind = {});

/// The stream of a duty: a definition's id and the subject, or something inside the subject.
std::expected<StreamId, Phrase> find_duty(const pdca::World& world, const std::string& definition,
                                          const std::string& of);

}  // namespace dutylog::cli
