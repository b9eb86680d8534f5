#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/definition/load_bundle.hpp"
#include "engine/pdca/rules.hpp"

namespace dutylog::cli {

/// The texts of a library as they lie in a folder.
struct LibraryFolder {
    std::filesystem::path root;
    std::vector<definition::SourceFile> files;  ///< by path, relative to the root
    std::vector<std::filesystem::path> inner;   ///< folders below that are libraries of their own
};

/// Reads `library.yaml`, every other YAML text, and the tables, calendars and zones of a folder,
/// but nothing of a library inside it. Nothing is judged here.
/// @throws Failure  the folder does not exist, or holds too much
LibraryFolder read_library_folder(const std::filesystem::path& folder);

/// The folder with `library.yaml` that a file lies in, or that a folder is or lies in.
std::optional<std::filesystem::path> library_around(const std::filesystem::path& path);

/// A library without errors, made ready to run.
struct RunnableLibrary {
    std::vector<definition::SourceFile> files;
    pdca::RulesPtr rules;
    std::vector<definition::TestCase> tests;
};

/// @throws Failure  the library has errors; the message names the first of them
RunnableLibrary load_library(const std::filesystem::path& folder);

}  // namespace dutylog::cli
