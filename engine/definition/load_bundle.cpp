#include "engine/definition/load_bundle.hpp"

#include <algorithm>
#include <optional>

#include "engine/calendar/calendar_data.hpp"
#include "engine/calendar/calendar_set.hpp"
#include "engine/calendar/zone_data.hpp"
#include "engine/definition/canonical.hpp"
#include "engine/definition/checker.hpp"
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

class Loader {
public:
    explicit Loader(std::vector<SourceFile> files) : files_{std::move(files)} {
        std::ranges::sort(files_, {}, &SourceFile::path);
    }

    LoadedBundle load() {
        read_stray_files();
        read_calendars();
        read_zones();
        read_library_file();
        read_tables();
        check_library(library_, bundle_.tables, out_);
        read_definitions();
        check_definitions();
        return finish();
    }

private:
    struct Read {
        const SourceFile* file = nullptr;
        YamlFile yaml;
        DefinitionDraft draft;
    };

    template <class Visit>
    void each(FileKind kind, Visit visit) {
        for (const SourceFile& file : files_)
            if (kind_of(file.path) == kind) visit(file);
    }

    void read_stray_files() {
        each(FileKind::stray, [&](const SourceFile& file) {
            out_.add("DL0027", {file.path, 0, 0}, {{"name", file.path}});
        });
    }

    /// The rooms of calendars and zones read their own data; a rejection names line and reason.
    void add_data_error(const SourceFile& file, const Rejection& rejection) {
        const LineMap lines{file.text};
        const std::string prefix = file.path + ":";
        std::uint32_t from = 0;
        std::string reason = rejection.detail;
        if (reason.starts_with(prefix)) {
            reason.erase(0, prefix.size());
            std::uint32_t line = 0;
            std::size_t used = 0;
            while (used < reason.size() && reason[used] >= '0' && reason[used] <= '9' && used < 8)
                line = line * 10 + static_cast<std::uint32_t>(reason[used++] - '0');
            from = lines.line_start(std::max(line, 1U));
            if (reason.substr(used).starts_with(": ")) reason.erase(0, used + 2);
        }
        const std::string_view text = lines.line(lines.place(from).line);
        out_.add("DL0515", {file.path, from, from + static_cast<std::uint32_t>(text.size())},
                 {{"reason", reason}});
    }

    void read_calendars() {
        std::vector<calendar::HolidayTable> tables;
        const SourceFile* list = nullptr;
        each(FileKind::calendar, [&](const SourceFile& file) {
            if (file.path == "calendars/calendars.csv") {
                list = &file;
                return;
            }
            auto table = calendar::parse_holiday_table(file.path, file.text);
            if (!table) return add_data_error(file, table.error());
            tables.push_back(std::move(*table));
            add_line(FileKind::calendar, file, sha256(file.text));
        });
        if (list == nullptr) {
            holidays_ = std::move(tables);
            return;
        }
        auto calendars = calendar::parse_calendars(list->path, list->text, tables);
        if (!calendars) return add_data_error(*list, calendars.error());
        add_line(FileKind::calendar, *list, sha256(list->text));
        for (calendar::WorkCalendar& one : *calendars) {
            const std::string id = one.id();
            bundle_.calendars.emplace(id, std::move(one));
        }
    }

    /// Without a list of calendars there is one: the library's, Monday to Friday, with every table.
    void make_only_calendar() {
        const std::string& id = library_.library.calendar;
        if (!bundle_.calendars.empty() || id.empty()) return;
        calendar::CalendarLayers layers{
            .id = id, .week = calendar::monday_to_friday, .holidays = {}, .site = {}};
        for (calendar::HolidayTable& table : holidays_)
            (table.first_year <= table.last_year ? layers.holidays : layers.site)
                .push_back(std::move(table));
        auto calendar = calendar::WorkCalendar::of(std::move(layers));
        if (calendar) bundle_.calendars.emplace(id, std::move(*calendar));
    }

    void read_zones() {
        each(FileKind::zones, [&](const SourceFile& file) {
            auto zones = calendar::parse_zones(file.path, file.text);
            if (!zones) return add_data_error(file, zones.error());
            add_line(FileKind::zones, file, sha256(file.text));
            for (calendar::Zone& zone : *zones) {
                const std::string name = zone.name();
                bundle_.zones.emplace(name, std::move(zone));
            }
        });
    }

    std::optional<YamlFile> read_yaml_file(const SourceFile& file) {
        auto yaml = read_yaml(file, out_);
        if (yaml) comments_.push_back({&file, yaml->comments});
        return yaml;
    }

    /// The word under `kind`, and whether it is one of those a file of this place may have.
    bool check_kind(const SourceFile& file, const Node& root, bool library) {
        const Node* kind = root.find("kind");
        const std::string word = kind != nullptr && kind->is_scalar() ? kind->text : std::string{};
        const bool known =
            library ? word == "library" : word == "duty" || word == "system" || word == "programme";
        if (known) return true;
        if (!root.is_mapping()) {
            out_.add("DL0103", {file.path, root.from, root.to},
                     {{"wanted", "@a-mapping"}, {"found", "@a-text"}});
            return false;
        }
        const Node& where = kind == nullptr ? root.entries.front().key : *kind;
        out_.add("DL0025", {file.path, where.from, where.to}, {{"found", word}});
        return false;
    }

    void read_library_file() {
        const auto file = std::ranges::find(files_, "library.yaml", &SourceFile::path);
        if (file == files_.end()) {
            out_.add("DL0028", {"library.yaml", 0, 0});
            return;
        }
        const auto yaml = read_yaml_file(*file);
        if (!yaml || !check_kind(*file, yaml->root, true)) return;
        library_ = read_library(*file, yaml->root, out_);
        library_file_ = &*file;
        make_only_calendar();
        check_place();
    }

    void check_place() {
        const Library& library = library_.library;
        if (!library.zone.empty() && !bundle_.zones.contains(library.zone))
            add_unknown(out_, "DL0408", library_.places.span("zone"), library.zone,
                        names_of(bundle_.zones));
        if (!library.calendar.empty() && !bundle_.calendars.contains(library.calendar))
            add_unknown(out_, "DL0409", library_.places.span("calendar"), library.calendar,
                        names_of(bundle_.calendars));
    }

    void read_tables() {
        each(FileKind::table, [&](const SourceFile& file) {
            auto table = read_table(file, library_.library, out_);
            if (!table) return;
            const auto [first, fresh] = table_files_.emplace(table->id, file.path);
            if (!fresh) {
                out_.add("DL0106", {file.path, 0, 0}, {{"name", table->id}})
                    .beside({first->second, 0, 0}, Note::first_here);
                return;
            }
            seal(*table);
            add_line(FileKind::table, file, table->hash);
            bundle_.tables.emplace(table->id, std::move(*table));
        });
    }

    void read_definitions() {
        each(FileKind::definition, [&](const SourceFile& file) {
            auto yaml = read_yaml_file(file);
            if (!yaml || !check_kind(file, yaml->root, false)) return;
            DefinitionDraft draft = read_definition(file, yaml->root, library_.library, out_);
            const std::string id = draft.definition.id;
            const auto same = std::ranges::find(
                read_, id, [](const Read& one) { return one.draft.definition.id; });
            if (same != read_.end() && !id.empty())
                out_.add("DL0106", draft.places.span("id"), {{"name", id}})
                    .beside(same->draft.places.span("id"), Note::first_here);
            kinds_.emplace(id, draft.definition.subject);
            read_.push_back({&file, std::move(*yaml), std::move(draft)});
        });
    }

    void check_definitions() {
        const Ground ground{library_.library,
                            bundle_.tables,
                            bundle_.calendars,
                            bundle_.zones,
                            kinds_,
                            uses_,
                            out_};
        for (Read& one : read_) {
            if (library_file_ == nullptr) continue;
            check_definition(one.draft, ground);
            for (TestCase& test :
                 read_tests(*one.file, one.yaml.root, library_.library, one.draft.definition, out_))
                tests_.push_back(std::move(test));
        }
    }

    void add_line(FileKind kind, const SourceFile& file, const Digest& canonical) {
        lines_.push_back({std::string{name_of(kind)}, file.path, sha256(file.text), canonical});
    }

    LoadedBundle finish() {
        LoadedBundle loaded;
        out_.sort();
        loaded.diagnostics = out_.take();
        loaded.allowed = apply_allows(loaded.diagnostics, comments_);
        Diagnostics sorted;
        sorted.assign(std::move(loaded.diagnostics));
        sorted.sort();
        const bool failed = sorted.has_error();
        loaded.diagnostics = sorted.take();
        loaded.tests = std::move(tests_);
        if (!failed) loaded.bundle = make_bundle();
        return loaded;
    }

    BundlePtr make_bundle() {
        seal(library_.library);
        add_line(FileKind::library, *library_file_, library_.library.version);
        bundle_.library = std::move(library_.library);
        for (Read& one : read_) {
            Definition& definition = one.draft.definition;
            seal(definition);
            add_line(FileKind::definition, *one.file, definition.version);
            bundle_.definitions.emplace(definition.id, std::move(definition));
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
    std::map<std::string, std::string> kinds_;        ///< definition → kind of subject
    std::map<std::string, std::string> table_files_;  ///< table → file
    std::vector<calendar::HolidayTable> holidays_;
    std::vector<FileComments> comments_;
    std::vector<ManifestLine> lines_;
    std::vector<TestCase> tests_;
    Uses uses_;
};

}  // namespace

LoadedBundle load_bundle(std::vector<SourceFile> files) { return Loader{std::move(files)}.load(); }

std::string manifest_text(std::vector<ManifestLine> lines) {
    std::ranges::sort(lines, {},
                      [](const ManifestLine& line) { return std::pair{line.kind, line.path}; });
    std::string text;
    for (const ManifestLine& line : lines)
        text += line.kind + " " + line.path + " " + to_hex(line.source) + " " +
                to_hex(line.canonical) + "\n";
    return text;
}

std::optional<std::vector<ManifestLine>> parse_manifest(std::string_view text) {
    std::vector<ManifestLine> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) return std::nullopt;
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        // The path may hold blanks: the kind is the first word, the digests are the last two.
        const std::size_t first = line.find(' ');
        const std::size_t last = line.rfind(' ');
        if (first == std::string_view::npos || last <= first) return std::nullopt;
        const std::size_t middle = line.rfind(' ', last - 1);
        if (middle == std::string_view::npos || middle <= first) return std::nullopt;
        const auto source = parse_digest(line.substr(middle + 1, last - middle - 1));
        const auto canonical = parse_digest(line.substr(last + 1));
        if (!source || !canonical) return std::nullopt;
        lines.push_back({std::string{line.substr(0, first)},
                         std::string{line.substr(first + 1, middle - first - 1)}, *source,
                         *canonical});
    }
    return lines;
}

}  // namespace dutylog::definition
