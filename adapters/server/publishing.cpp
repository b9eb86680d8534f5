#include "adapters/server/publishing.hpp"

#include <algorithm>
#include <boost/json/array.hpp>

#include "adapters/http/problem.hpp"
#include "engine/definition/render.hpp"
#include "engine/runtime/publication.hpp"

namespace dutylog::server {

namespace json = boost::json;
using definition::SourceFile;

namespace {

constexpr std::size_t files_max = 100;

[[noreturn]] void bad_value(Text detail, std::string pointer) {
    throw http::problem("bad_value", std::move(detail), std::move(pointer));
}

TextChange change_in(const json::value& file, const std::string& pointer) {
    const json::object* object = file.if_object();
    const json::value* path = object == nullptr ? nullptr : object->if_contains("path");
    if (path == nullptr || !path->is_string())
        bad_value({"应有文件路径 `path`。", "Expected the `path` of a file."}, pointer);
    TextChange change{std::string{path->get_string()}, {}};
    const json::value* text = object->if_contains("text");
    if (text == nullptr || text->is_null()) return change;
    if (!text->is_string())
        bad_value({"`text` 应为文本。", "`text` is a text."}, pointer + "/text");
    change.text = std::string{text->get_string()};
    return change;
}

}  // namespace

std::vector<SourceFile> files_of(Reading& reading, const Digest& bundle) {
    auto files = runtime::published_files(reading.store(), bundle);
    if (!files)
        throw http::problem("not_ready", {"日志尚无定义。", "The log has no definitions yet."});
    return *std::move(files);
}

std::optional<SourceFile> text_of_version(Reading& reading, const Digest& bundle,
                                          const definition::Definition& definition) {
    const auto files = runtime::published_files(reading.store(), bundle);
    const pdca::RulesPtr rules = reading.source()(bundle);
    if (!files || rules == nullptr) return {};
    const auto lines = definition::parse_manifest(rules->bundle().manifest);
    if (!lines) return {};
    for (const definition::ManifestLine& line : *lines) {
        if (line.kind != "definition" || line.canonical != definition.version) continue;
        const auto file = std::ranges::find(*files, line.path, &SourceFile::path);
        if (file != files->end()) return *file;
    }
    return {};
}

std::vector<TextChange> changes_in(const json::object& body) {
    const json::value* files = body.if_contains("files");
    if (files == nullptr || !files->is_array() || files->get_array().empty() ||
        files->get_array().size() > files_max)
        bad_value({"`files` 应为 1 至 100 个文件。", "`files` is a list of 1 to 100 files."},
                  "/files");
    std::vector<TextChange> changes;
    for (const json::value& file : files->get_array())
        changes.push_back(change_in(file, "/files/" + std::to_string(changes.size())));
    return changes;
}

std::vector<SourceFile> changed(std::vector<SourceFile> files,
                                const std::vector<TextChange>& changes) {
    for (const TextChange& change : changes) {
        const auto found = std::ranges::find(files, change.path, &SourceFile::path);
        if (!change.text && found == files.end())
            bad_value(
                {"没有文件 `" + change.path + "`。", "There is no file `" + change.path + "`."},
                "/files");
        if (!change.text)
            files.erase(found);
        else if (found == files.end())
            files.push_back({change.path, *change.text});
        else
            found->text = *change.text;
    }
    return files;
}

json::object check_json(const std::vector<SourceFile>& files,
                        const definition::LoadedBundle& loaded, Language language) {
    definition::SourceTexts texts;
    for (const SourceFile& file : files) texts[file.path] = file.text;
    const auto errors = std::ranges::count(loaded.diagnostics, definition::Severity::error,
                                           &definition::Diagnostic::severity);
    return {{"errors", errors},
            {"warnings", static_cast<std::int64_t>(loaded.diagnostics.size()) - errors},
            {"problems", definition::render_json(loaded.diagnostics, texts, language)}};
}

}  // namespace dutylog::server
