#include "adapters/cli/library_folder.hpp"

#include <algorithm>

#include "adapters/cli/failure.hpp"
#include "adapters/cli/files.hpp"
#include "engine/definition/messages.hpp"

namespace dutylog::cli {

namespace fs = std::filesystem;

namespace {

bool belongs(const std::string& path) {
    if (path.ends_with(".yaml") || path.ends_with(".yml")) return true;
    if (!path.ends_with(".csv")) return false;
    return path.starts_with("tables/") || path.starts_with("calendars/") ||
           path.starts_with("zones/");
}

Failure missing(const fs::path& folder) {
    return Failure{ExitCode::usage,
                   phrase("{}: expected the folder of a library, found none",
                          "{}：应为定义库文件夹，但不存在", folder.string()),
                   {"A library is a folder with library.yaml; `workflows` is the shipped one.",
                    "定义库是含有 library.yaml 的文件夹；随附的定义库为 `workflows`。"}};
}

std::string first_error(const std::vector<definition::Diagnostic>& problems, Language language) {
    for (const auto& problem : problems)
        if (problem.severity == definition::Severity::error)
            return problem.where.file + ": " + problem.code + " " +
                   definition::message_of(problem, language);
    return {};
}

}  // namespace

LibraryFolder read_library_folder(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) throw missing(folder);
    LibraryFolder library{folder, {}, {}};
    for (auto walk = fs::recursive_directory_iterator{folder}; walk != fs::end(walk); ++walk) {
        const fs::directory_entry& entry = *walk;
        if (entry.is_directory() && fs::exists(entry.path() / "library.yaml")) {
            library.inner.push_back(entry.path());
            walk.disable_recursion_pending();
        }
        if (!entry.is_regular_file()) continue;
        const std::string path = entry.path().lexically_relative(folder).generic_string();
        if (!belongs(path)) continue;
        library.files.push_back({path, read_file(entry.path())});
        if (library.files.size() > file_limits::library_files_max)
            throw Failure{ExitCode::usage,
                          phrase("{0}: holds more than {1} files", "{0}：超过 {1} 个文件",
                                 folder.string(), file_limits::library_files_max)};
    }
    std::ranges::sort(library.files, {}, &definition::SourceFile::path);
    std::ranges::sort(library.inner);
    return library;
}

std::optional<fs::path> library_around(const fs::path& path) {
    std::error_code error;
    fs::path folder = fs::absolute(path, error).lexically_normal();
    if (!folder.has_filename()) folder = folder.parent_path();
    if (!fs::is_directory(folder, error)) folder = folder.parent_path();
    for (;; folder = folder.parent_path()) {
        if (fs::exists(folder / "library.yaml", error)) return folder;
        if (folder == folder.parent_path()) return std::nullopt;
    }
}

RunnableLibrary load_library(const fs::path& folder) {
    LibraryFolder library = read_library_folder(folder);
    definition::LoadedBundle loaded = definition::load_bundle(library.files);
    if (loaded.bundle == nullptr) {
        const auto& problems = loaded.diagnostics;
        throw Failure{
            ExitCode::problems,
            {folder.string() +
                 ": the library has errors; the first: " + first_error(problems, Language::en),
             folder.string() + "：定义库有错误，首个为：" + first_error(problems, Language::zh_cn)},
            phrase("`dutylog check {0}` shows all of them.", "`dutylog check {0}` 显示全部错误。",
                   folder.string())};
    }
    return {std::move(library.files), std::make_shared<const pdca::Rules>(loaded.bundle),
            std::move(loaded.tests)};
}

}  // namespace dutylog::cli
