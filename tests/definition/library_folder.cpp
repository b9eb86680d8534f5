#include "tests/definition/library_folder.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace dutylog::definition::test {

namespace fs = std::filesystem;

std::string read_text_file(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) throw std::runtime_error{"cannot read " + path};
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<SourceFile> read_folder(const std::string& folder) {
    std::vector<SourceFile> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files.push_back({fs::relative(entry.path(), folder).generic_string(),
                             read_text_file(entry.path().string())});
    return files;
}

SourceTexts texts_of(const std::vector<SourceFile>& files) {
    SourceTexts texts;
    for (const SourceFile& file : files) texts[file.path] = file.text;
    return texts;
}

const std::vector<SourceFile>& good_library() {
    static const std::vector<SourceFile> files =
        read_folder(std::string{DUTYLOG_SOURCE_DIR} + "/tests/definitions/good");
    return files;
}

}  // namespace dutylog::definition::test
