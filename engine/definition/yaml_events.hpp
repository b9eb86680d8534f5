#pragma once

#include <optional>

#include "engine/definition/yaml.hpp"

namespace dutylog::definition {

/// Reads the events of a YAML text into nodes; libfyaml is named here only.
/// @pre the bytes were checked
/// @returns nothing where the text is not YAML, nests too deep or holds a second document
std::optional<YamlFile> read_yaml_events(const SourceFile& file, Diagnostics& out);

}  // namespace dutylog::definition
