#pragma once

#include "engine/definition/library.hpp"
#include "engine/definition/places.hpp"
#include "engine/definition/yaml.hpp"

namespace dutylog::definition {

/// A library as read: names and expressions are not yet checked.
/// Its parts stand at `subjects/worker/derived/post`, `facts/exam/fields/phase`, `roles/OHM/of`,
/// `ladders/standard/0/tell/1`, `functions/exam_interval/is` …
struct LibraryDraft {
    Library library;
    Places places;
};

/// Reads library.yaml; every problem is added to `out`, and what can be read is read.
LibraryDraft read_library(const SourceFile& file, const Node& root, Diagnostics& out);

}  // namespace dutylog::definition
