// Every file (or folder) of tests/definitions/bad is laid over the good library; what is told of
// it, in both languages, stands beside it. DUTYLOG_WRITE_EXPECTED=1 writes those texts anew: read
// the difference before you commit it.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "engine/definition/load_bundle.hpp"
#include "engine/definition/messages.hpp"
#include "tests/definition/library_folder.hpp"

using namespace dutylog;
using namespace dutylog::definition;
using namespace dutylog::definition::test;
namespace fs = std::filesystem;

namespace {

const std::string folder = std::string{DUTYLOG_SOURCE_DIR} + "/tests/definitions/bad";

struct Case {
    std::string name;  ///< `0104-unknown-step`
    std::vector<SourceFile> files;
};

/// A first line `# repeat N` stands for the rest, N times over, so that big files stay small here.
std::string unfolded(const std::string& text) {
    constexpr std::string_view mark = "# repeat ";
    if (!text.starts_with(mark)) return text;
    const std::size_t end = text.find('\n');
    std::string out;
    for (int left = std::stoi(text.substr(mark.size(), end)); left > 0; --left)
        out += text.substr(end + 1);
    return out;
}

/// A first line `# in the good library after: LINE` puts the rest there, behind that line.
bool is_insertion(const std::string& text) {
    return text.starts_with("# in the good library after: ");
}

std::string inserted(const std::string& text) {
    const std::size_t end = text.find('\n');
    const std::string line =
        "\n" + text.substr(text.find(": ") + 2, end - text.find(": ") - 2) + "\n";
    for (const SourceFile& file : good_library()) {
        if (file.path != "library.yaml") continue;
        std::string whole = file.text;
        const std::size_t at = whole.find(line);
        REQUIRE(at != std::string::npos);
        return whole.insert(at + line.size(), text.substr(end + 1));
    }
    return {};
}

void lay_over(std::vector<SourceFile>& files, SourceFile file) {
    for (SourceFile& known : files)
        if (known.path == file.path) {
            known.text = std::move(file.text);
            return;
        }
    files.push_back(std::move(file));
}

/// A library alone is tried with the good calendars and zones only: its definitions would miss what
/// it does not declare.
std::vector<SourceFile> base(bool library) {
    if (!library) return good_library();
    std::vector<SourceFile> files;
    for (const SourceFile& file : good_library())
        if (file.path.starts_with("calendars/") || file.path.starts_with("zones/"))
            files.push_back(file);
    return files;
}

Case case_of_file(const fs::path& path) {
    const std::string text = unfolded(read_text_file(path.string()));
    const bool table = path.extension() == ".csv";
    if (is_insertion(text)) {
        Case one{path.stem().string(), base(false)};
        lay_over(one.files, {"library.yaml", inserted(text)});
        return one;
    }
    const bool library = text.find("kind: library") != std::string::npos;
    const std::string place = library ? "library.yaml"
                              : table ? "tables/" + path.filename().string()
                                      : "definitions/" + path.filename().string();
    Case one{path.stem().string(), base(library)};
    lay_over(one.files, {place, text});
    return one;
}

Case case_of_folder(const fs::path& path) {
    const auto files = read_folder(path.string());
    const auto is_library = [](const SourceFile& file) { return file.path == "library.yaml"; };
    const bool library = std::any_of(files.begin(), files.end(), is_library);
    Case one{path.filename().string(), base(library)};
    for (const SourceFile& file : files) {
        // `library.yaml` with nothing in it stands for a library that is not there.
        if (is_library(file) && file.text.empty()) continue;
        lay_over(one.files, {file.path, unfolded(file.text)});
    }
    return one;
}

std::vector<Case> cases() {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.is_directory() || entry.path().extension() != ".txt")
            paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<Case> all;
    for (const fs::path& path : paths)
        all.push_back(fs::is_directory(path) ? case_of_folder(path) : case_of_file(path));
    return all;
}

void expect(const std::string& name, const std::string& found) {
    const std::string path = folder + "/" + name;
    if (std::getenv("DUTYLOG_WRITE_EXPECTED") != nullptr) {
        std::ofstream{path, std::ios::binary} << found;
        return;
    }
    INFO(name);
    REQUIRE(fs::exists(path));
    CHECK(read_text_file(path) == found);
}

}  // namespace

TEST_CASE("what is wrong is told in both languages, as expected", "[definition][diagnostic]") {
    for (const Case& one : cases()) {
        const LoadedBundle loaded = load_bundle(one.files);
        const SourceTexts texts = texts_of(one.files);
        expect(one.name + ".en.txt",
               render_text(loaded.diagnostics, texts, {.language = Language::en}));
        expect(one.name + ".zh-CN.txt",
               render_text(loaded.diagnostics, texts, {.language = Language::zh_cn}));
        INFO(one.name);
        CHECK_FALSE(loaded.diagnostics.empty());
    }
}

TEST_CASE("each bad file brings out the code it is named after", "[definition][diagnostic]") {
    for (const Case& one : cases()) {
        const std::string code = "DL" + one.name.substr(0, 4);
        const LoadedBundle loaded = load_bundle(one.files);
        INFO(one.name);
        CHECK(std::any_of(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                          [&](const Diagnostic& problem) { return problem.code == code; }));
    }
}

TEST_CASE("every code of the catalogue has a bad file", "[definition][diagnostic]") {
    std::set<std::string> shown;
    for (const Case& one : cases()) shown.insert("DL" + one.name.substr(0, 4));
    for (const Message* message : catalogue()) {
        INFO(message->code << " " << message->name);
        CHECK(shown.contains(std::string{message->code}));
    }
}
