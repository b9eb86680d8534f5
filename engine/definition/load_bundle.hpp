#pragma once

#include <vector>

#include "engine/definition/allow.hpp"
#include "engine/definition/bundle.hpp"
#include "engine/definition/diagnostic.hpp"
#include "engine/definition/manifest.hpp"
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
/// changes nothing. A folder with a `library.yaml` of its own is another library and is left alone.
/// Blobs of a published bundle are loaded by the same call.
LoadedBundle load_bundle(std::vector<SourceFile> files);

}  // namespace dutylog::definition
