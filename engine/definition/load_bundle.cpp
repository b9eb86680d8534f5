#include "engine/definition/load_bundle.hpp"

#include <algorithm>
#include <optional>

#include "engine/definition/canonical.hpp"
#include "engine/definition/checker.hpp"
#include "engine/definition/data_files.hpp"
#include "engine/definition/reading.hpp"
#include "engine/definition/table_reader.hpp"
#include "engine/definition/test_reader.hpp"

namespace dutylog::definition {

namespace {

enum class FileKind : std::uint8_t { library, definition, table, calendar, zones, other, stray };

FileKind kind_of(std::string_view path) {
    const bool yaml = path.ends_with(".yaml");
    const bool csv = path.ends_with(".csv");
    if (path == "library.yaml") return FileKind::library;
    if (yaml && path.starts_with("definitions/")) return FileKind::definition;
    if (csv && path.starts_with("tables/")) return FileKind::table;
    if (csv && path.starts_with("calendars/")) return FileKind::calendar;
    if (csv && path.starts_with("zones/")) return FileKind::zones;
    if (yaml || path.ends_with(".yml")) return FileKind::stray;
    return FileKind::other;
}

std::string_view name_of(FileKind kind) {
    switch (kind) {
        case FileKind::library:
            return "library";
        case FileKind::definition:
            return "definition";
        case FileKind::table:
            return "table";
        case FileKind::calendar:
            return "calendar";
        default:
            return "zones";
    }
}

/// Folders that hold a library of their own, with `/` at the end: nothing below them is ours.
std::vector<std::string> other_libraries(const std::vector<SourceFile>& files) {
    constexpr std::string_view name = "/library.yaml";
    std::vector<std::string> folders;
    for (const SourceFile& file : files)
        if (file.path.ends_with(name))
            folders.push_back(file.path.substr(0, file.path.size() - name.size() + 1));
    return folders;
}

class Loader {
public:
    explicit Loader(std::vector<SourceFile> files) : files_{std::move(files)} {
        for (const std::string& folder : other_libraries(files_))
            std::erase_if(files_,
                          [&](const SourceFile& file) { return file.path.starts_with(folder); });
        std::ranges::sort(files_, {}, &SourceFile::path);
    }

    LoadedBundle load() {
        for (const SourceFile* file : all(FileKind::stray))
            out_.add("DL0027", {file->path, 0, 0}, {{"name", file->path}});
        read_library_file();
        read_place();
        for (const SourceFile* file : all(FileKind::table)) read_table_file(*file);
        check_library(library_, bundle_.tables, out_);
        for (const SourceFile* file : all(FileKind::definition)) read_definition_file(*file);
        if (library_file_ != nullptr) check_definitions();
        return finish();
    }

private:
    struct Read {
        const SourceFile* file = nullptr;
        YamlFile yaml;
        DefinitionDraft draft;
    };

    std::vector<const SourceFile*> all(FileKind kind) const {
        std::vector<const SourceFile*> found;
        for (const SourceFile& file : files_)
            if (kind_of(file.path) == kind) found.push_back(&file);
        return found;
    }

    void add_line(const SourceFile& file, const Digest& canonical) {
        lines_.push_back(
            {std::string{name_of(kind_of(file.path))}, file.path, sha256(file.text), canonical});
    }

    std::optional<YamlFile> read_yaml_file(const SourceFile& file) {
        auto yaml = read_yaml(file, out_);
        if (yaml) comments_.push_back({&file, yaml->comments, false});
        return yaml;
    }

    /// Whether `kind:` says what a file of this place is.
    bool check_kind(const SourceFile& file, const Node& root, bool library) {
        if (!root.is_mapping() || root.entries.empty()) {
            out_.add("DL0103", {file.path, root.from, root.to},
                     {{"wanted", "@a-mapping"}, {"found", "@a-text"}});
            return false;
        }
        const Node* kind = root.find("kind");
        const std::string word = kind != nullptr ? kind->text : std::string{};
        const bool known =
            library ? word == "library" : word == "duty" || word == "system" || word == "programme";
        const Node& where = kind == nullptr ? root.entries.front().key : *kind;
        if (!known) out_.add("DL0025", {file.path, where.from, where.to}, {{"found", word}});
        return known;
    }

    void read_library_file() {
        const auto files = all(FileKind::library);
        if (files.empty()) {
            out_.add("DL0028", {"library.yaml", 0, 0});
            return;
        }
        const auto yaml = read_yaml_file(*files.front());
        if (!yaml || !check_kind(*files.front(), yaml->root, true)) return;
        library_ = read_library(*files.front(), yaml->root, out_);
        library_file_ = files.front();
    }

    /// Where and when the library is: zone and calendar.
    void read_place() {
        const Library& library = library_.library;
        CalendarFiles calendars;
        const bool readable = calendars.read(all(FileKind::calendar), out_);
        bundle_.calendars = calendars.make(library.calendar);
        bundle_.zones = read_zones(all(FileKind::zones), out_);
        for (const FileKind kind : {FileKind::calendar, FileKind::zones})
            for (const SourceFile* file : all(kind)) add_line(*file, sha256(file->text));
        if (!library.zone.empty() && !bundle_.zones.contains(library.zone))
            add_unknown(out_, "DL0408", library_.places.span("zone"), library.zone,
                        names_of(bundle_.zones));
        if (readable && !library.calendar.empty() && !bundle_.calendars.contains(library.calendar))
            add_unknown(out_, "DL0409", library_.places.span("calendar"), library.calendar,
                        names_of(bundle_.calendars));
    }

    void read_table_file(const SourceFile& file) {
        auto read = read_table(file, library_.library, out_);
        if (!read) return;
        comments_.push_back({&file, std::move(read->comments), true});
        Table& table = read->table;
        const auto [first, fresh] = table_files_.emplace(table.id, &file);
        if (!fresh) {
            out_.add("DL0106", read->id, {{"name", table.id}})
                .beside({first->second->path, 0, 0}, Note::first_here);
            return;
        }
        table_places_.emplace(table.id, read->id);
        seal(table);
        add_line(file, table.hash);
        bundle_.tables.emplace(table.id, std::move(table));
    }

    void read_definition_file(const SourceFile& file) {
        auto yaml = read_yaml_file(file);
        if (!yaml || !check_kind(file, yaml->root, false)) return;
        DefinitionDraft draft = read_definition(file, yaml->root, library_.library, out_);
        const std::string id = draft.definition.id;
        const auto same =
            std::ranges::find(read_, id, [](const Read& one) { return one.draft.definition.id; });
        if (same != read_.end() && !id.empty())
            out_.add("DL0106", draft.places.span("id"), {{"name", id}})
                .beside(same->draft.places.span("id"), Note::first_here);
        kinds_.emplace(id, draft.definition.subject);
        read_.push_back({&file, std::move(*yaml), std::move(draft)});
    }

    void check_definitions() {
        const Ground ground{library_.library,
                            bundle_.tables,
                            bundle_.calendars,
                            bundle_.zones,
                            kinds_,
                            uses_,
                            out_};
        std::vector<const DefinitionDraft*> drafts;
        for (Read& one : read_) {
            check_definition(one.draft, ground);
            auto tests =
                read_tests(*one.file, one.yaml.root, library_.library, one.draft.definition, out_);
            check_years(one.draft.definition, tests, ground);
            std::ranges::move(tests, std::back_inserter(tests_));
            drafts.push_back(&one.draft);
        }
        check_runs(drafts, out_);
        // What a broken definition means to use is not known.
        if (!read_.empty() && !out_.has_error()) check_unused(library_, table_places_, ground);
    }

    LoadedBundle finish() {
        LoadedBundle loaded;
        loaded.diagnostics = out_.take();
        loaded.allowed = apply_allows(loaded.diagnostics, comments_);
        Diagnostics sorted;
        sorted.assign(std::move(loaded.diagnostics));
        sorted.sort();
        sorted.unite();
        const bool failed = sorted.has_error();
        loaded.diagnostics = sorted.take();
        loaded.tests = std::move(tests_);
        if (!failed) loaded.bundle = make_bundle();
        return loaded;
    }

    BundlePtr make_bundle() {
        seal(library_.library);
        add_line(*library_file_, library_.library.version);
        bundle_.library = std::move(library_.library);
        for (Read& one : read_) {
            Definition& definition = one.draft.definition;
            seal(definition);
            add_line(*one.file, definition.version);
            std::string id = definition.id;
            bundle_.definitions.emplace(std::move(id), std::move(definition));
        }
        bundle_.manifest = manifest_text(std::move(lines_));
        bundle_.hash = sha256(bundle_.manifest);
        return std::make_shared<const Bundle>(std::move(bundle_));
    }

    std::vector<SourceFile> files_;
    Diagnostics out_;
    Bundle bundle_;
    LibraryDraft library_;
    const SourceFile* library_file_ = nullptr;
    std::vector<Read> read_;
    std::map<std::string, std::string> kinds_;  ///< definition → kind of subject
    std::map<std::string, const SourceFile*> table_files_;
    std::map<std::string, SourceSpan> table_places_;
    std::vector<FileComments> comments_;
    std::vector<ManifestLine> lines_;
    std::vector<TestCase> tests_;
    Uses uses_;
};

}  // namespace

LoadedBundle load_bundle(std::vector<SourceFile> files) { return Loader{std::move(files)}.load(); }

}  // namespace dutylog::definition
