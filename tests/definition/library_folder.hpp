#pragma once

#include <string>
#include <vector>

#include "engine/definition/render.hpp"
#include "engine/definition/source.hpp"

namespace dutylog::definition::test {

/// Every file below a folder, with paths relative to it.
std::vector<SourceFile> read_folder(const std::string& folder);
std::string read_text_file(const std::string& path);
SourceTexts texts_of(const std::vector<SourceFile>& files);

/// The small library every test can stand on: tests/definitions/good.
const std::vector<SourceFile>& good_library();

}  // namespace dutylog::definition::test
