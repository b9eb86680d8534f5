// Reads any bytes as a definition and checks what was read against the small library of
// tests/definitions/good. Problems lie inside the text and have words in both languages; a
// definition without a problem has one canonical form.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/definition/canonical.hpp"
#include "engine/definition/checker.hpp"
#include "engine/definition/load_bundle.hpp"
#include "engine/definition/messages.hpp"
#include "engine/definition/render.hpp"
#include "engine/definition/test_reader.hpp"
#include "tests/definition/library_folder.hpp"

using namespace dutylog;
using namespace dutylog::definition;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

/// The library is read once; each input is checked against it.
const Bundle& library_of_the_tests() {
    static const BundlePtr bundle = load_bundle(definition::test::good_library()).bundle;
    demand(bundle != nullptr);
    return *bundle;
}

const std::map<std::string, std::string>& kinds_of_definitions() {
    static const auto kinds = [] {
        std::map<std::string, std::string> found;
        for (const auto& [id, definition] : library_of_the_tests().definitions)
            found[id] = definition.subject;
        return found;
    }();
    return kinds;
}

void check_place(const SourceSpan& where, const SourceFile& file) {
    demand(where.from <= where.to);
    demand(where.file != file.path || where.to <= file.text.size());
}

void check_problems(const SourceFile& file, const Diagnostics& out) {
    for (const Diagnostic& problem : out.all()) {
        check_place(problem.where, file);
        for (const Related& related : problem.related) check_place(related.where, file);
        for (const Language language : {Language::en, Language::zh_cn})
            demand(!message_of(problem, language).empty());
    }
    const SourceTexts texts{{file.path, file.text}};
    const std::string shown = render_text(out.all(), texts, {.language = Language::zh_cn});
    demand(shown.empty() == out.all().empty());
    render_github(out.all(), texts, Language::en);
    render_json(out.all(), texts, Language::en);
}

void check_meaning(const SourceFile& file, const Node& root, Diagnostics& out) {
    const Bundle& ground = library_of_the_tests();
    DefinitionDraft draft = read_definition(file, root, ground.library, out);
    Uses uses;
    check_definition(draft, {ground.library, ground.tables, ground.calendars, ground.zones,
                             kinds_of_definitions(), uses, out});
    (void)read_tests(file, root, ground.library, draft.definition, out);
    if (out.has_error()) return;
    seal(draft.definition);
    demand(canonical_text(draft.definition) == draft.definition.canonical);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const SourceFile file{"definitions/input.yaml", {reinterpret_cast<const char*>(data), size}};
    Diagnostics out;
    if (const auto yaml = read_yaml(file, out)) check_meaning(file, yaml->root, out);
    check_problems(file, out);
    return 0;
}
