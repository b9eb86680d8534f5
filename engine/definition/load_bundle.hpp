#pragma once

#include <vector>

#include "engine/definition/allow.hpp"
#include "engine/definition/bundle.hpp"
#include "engine/definition/diagnostic.hpp"
#include "engine/definition/source.hpp"
#include "engine/definition/test_case.hpp"

namespace dutylog::definition {

/// What became of the texts of a library.
struct LoadedBundle {
    BundlePtr bundle;                     ///< null where there is an error
    std::vector<Diagnostic> diagnostics;  ///< by file and place
    std::vector<Allowed> allowed;         ///< set aside by a comment with a reason
    std::vector<TestCase> tests;          ///< those inside the definitions, by id and order
};

/// Reads and checks the texts of a library: `library.yaml`, `definitions/**.yaml`, `tables/*.csv`,
/// `calendars/*.csv`, `zones/*.csv`; paths are relative to the library. The order of the files
/// changes nothing. Blobs of a published bundle are loaded by the same call.
LoadedBundle load_bundle(std::vector<SourceFile> files);

/// The lines of a manifest: kind, path, SHA-256 of the source, SHA-256 of the canonical form.
struct ManifestLine {
    std::string kind;  ///< library, definition, table, calendar, zones
    std::string path;
    Digest source;
    Digest canonical;
};
std::string manifest_text(std::vector<ManifestLine> lines);
/// @returns nothing for other text
std::optional<std::vector<ManifestLine>> parse_manifest(std::string_view text);

}  // namespace dutylog::definition
