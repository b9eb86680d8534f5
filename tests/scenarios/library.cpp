#include "tests/scenarios/library.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace dutylog::tests {

namespace fs = std::filesystem;

namespace {

const fs::path root{DUTYLOG_SOURCE_DIR};

bool of_library(const std::string& path) {
    for (const auto* part : {"definitions/", "tables/", "calendars/", "zones/"})
        if (path.starts_with(part)) return true;
    return path == "library.yaml";
}

}  // namespace

std::string read_text(const std::string& path) {
    std::ifstream in{root / path, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

const Shipped& shipped(const std::string& folder) {
    static std::map<std::string, Shipped> known;
    const auto found = known.find(folder);
    if (found != known.end()) return found->second;
    Shipped& made = known[folder];
    for (const auto& entry : fs::recursive_directory_iterator{root / folder}) {
        const std::string path = fs::relative(entry.path(), root / folder).generic_string();
        if (entry.is_regular_file() && of_library(path))
            made.files.push_back({path, read_text(folder + "/" + path)});
    }
    std::sort(made.files.begin(), made.files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    made.loaded = definition::load_bundle(made.files);
    if (made.loaded.bundle != nullptr)
        made.rules = std::make_shared<const pdca::Rules>(made.loaded.bundle);
    return made;
}

std::vector<std::string> scenario_files(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator{root / folder})
        if (entry.path().extension() == ".yaml")
            files.push_back(fs::relative(entry.path(), root).generic_string());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace dutylog::tests
