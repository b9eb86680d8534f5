#pragma once

#include <vector>

#include "engine/definition/library.hpp"
#include "engine/definition/model.hpp"
#include "engine/definition/test_case.hpp"
#include "engine/definition/yaml.hpp"

namespace dutylog::definition {

/// Reads the tests of a checked definition; names and values are held against what it declares.
std::vector<TestCase> read_tests(const SourceFile& file, const Node& root, const Library& library,
                                 const Definition& definition, Diagnostics& out);

}  // namespace dutylog::definition
