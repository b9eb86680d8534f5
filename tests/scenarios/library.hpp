#pragma once

#include <string>
#include <vector>

#include "engine/definition/load_bundle.hpp"
#include "engine/pdca/rules.hpp"

namespace dutylog::tests {

/// A library of the repository, read from its folder.
struct Shipped {
    std::vector<definition::SourceFile> files;
    definition::LoadedBundle loaded;
    pdca::RulesPtr rules;  ///< null where the library does not load
};

/// @param folder  relative to the repository; read once
const Shipped& shipped(const std::string& folder);

/// A text of the repository.
std::string read_text(const std::string& path);

/// Scenario files below a folder of the repository, in order.
std::vector<std::string> scenario_files(const std::string& folder);

}  // namespace dutylog::tests
