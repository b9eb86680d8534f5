#pragma once

#include "engine/definition/library.hpp"
#include "engine/definition/model.hpp"
#include "engine/definition/places.hpp"
#include "engine/definition/yaml.hpp"

namespace dutylog::definition {

/// A definition as read: defaults are filled in, names and expressions are not yet checked.
/// Its parts stand at `owner`, `upon/where`, `steps/do.service/due`, `gates/NAME/closed_while` …
struct DefinitionDraft {
    Definition definition;
    Places places;
};

/// Reads one definition; every problem is added to `out`, and what can be read is read.
/// @param library  for the units of quantities
DefinitionDraft read_definition(const SourceFile& file, const Node& root, const Library& library,
                                Diagnostics& out);

std::string_view chapter_name(Phase phase);

}  // namespace dutylog::definition
