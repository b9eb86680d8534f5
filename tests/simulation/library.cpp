#include "tests/simulation/library.hpp"

#include <array>
#include <fstream>
#include <iterator>

#include "engine/definition/load_bundle.hpp"
#include "engine/definition/render.hpp"
#include "tests/simulation/broken.hpp"

namespace dutylog::simulation {

namespace {

constexpr std::array shared_files{"library.yaml", "calendars/calendars.csv", "calendars/days.csv",
                                  "zones/zones.csv"};
constexpr std::array definitions{"maintenance",           "exceedance",      "review-before-change",
                                 "no-entry-without-exam", "incident-report", "leaving-examination",
                                 "periodic-examination",  "inspection"};

/// The texts lie beside this file, with `$names` where editions differ.
std::string text_of(const std::string& path) {
    std::ifstream file{std::string{DUTYLOG_SOURCE_DIR "/tests/simulation/library/"} + path};
    if (!file) throw Broken{"cannot read tests/simulation/library/" + path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void replace(std::string& text, const std::string& name, const std::string& by) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at))
        text.replace(at, name.size(), by);
}

std::string filled(std::string text, const LibraryTerms& terms) {
    replace(text, "$zone", terms.zone);
    replace(text, "$calendar", terms.calendar);
    replace(text, "$roll", terms.roll);
    replace(text, "$ladder", terms.ladder);
    replace(text, "$while_open", terms.while_open);
    replace(text, "$service_period", terms.service_period);
    replace(text, "$report_period", terms.report_period);
    replace(text, "$exam_period", terms.exam_period);
    replace(text, "$grace", terms.grace);
    replace(text, "$tolerance", terms.tolerance);
    return text;
}

template <class... Words>
std::string pick(Draw& draw, Words... words) {
    const std::array<const char*, sizeof...(words)> all{words...};
    return all[draw.below(all.size())];
}

void draw_periods(LibraryTerms& terms, Draw& draw) {
    terms.roll = pick(draw, "forward", "back", "none");
    terms.ladder = pick(draw, "standard", "short");
    terms.while_open = pick(draw, "separate", "merge");
    terms.service_period = pick(draw, "1 month", "20 days", "15 working days", "2 months");
    terms.report_period = pick(draw, "5 working days", "15 days", "2 days");
    terms.exam_period = pick(draw, "2 months", "45 days", "1 month");
    terms.grace = pick(draw, "1 working day", "0 days", "3 days");
    terms.tolerance = pick(draw, "1 hour", "1 day", "3 working days");
}

constexpr std::array big_files{"library.yaml", "definitions/promise-kept.yaml"};

/// A library with a mistake would make every history a short one.
void require_sound(const std::vector<definition::SourceFile>& files) {
    const definition::LoadedBundle loaded = definition::load_bundle(files);
    if (loaded.bundle != nullptr) return;
    definition::SourceTexts texts;
    for (const auto& file : files) texts[file.path] = file.text;
    throw Broken{"tests/simulation/library does not load:\n" +
                 definition::render_text(loaded.diagnostics, texts, {})};
}

}  // namespace

LibraryTerms draw_terms(Draw& draw) {
    LibraryTerms terms;
    terms.zone = pick(draw, "Asia/Shanghai", "America/New_York");
    terms.calendar = pick(draw, "week", "six");
    draw_periods(terms, draw);
    for (int left = draw.between(2, 4); left > 0; --left)
        terms.left_out |= 1U << draw.below(definitions.size());
    return terms;
}

LibraryTerms next_edition(LibraryTerms terms, Draw& draw) {
    draw_periods(terms, draw);
    return terms;
}

std::vector<definition::SourceFile> library_of(const LibraryTerms& terms) {
    std::vector<definition::SourceFile> files;
    for (const char* path : shared_files) files.push_back({path, filled(text_of(path), terms)});
    for (std::size_t i = 0; i < definitions.size(); ++i) {
        if ((terms.left_out >> i & 1U) != 0) continue;
        const std::string path = std::string{"definitions/"} + definitions[i] + ".yaml";
        files.push_back({path, filled(text_of(path), terms)});
    }
    require_sound(files);
    return files;
}

std::vector<definition::SourceFile> big_library() {
    std::vector<definition::SourceFile> files;
    for (const char* path : shared_files)
        if (std::string_view{path} != "library.yaml") files.push_back({path, text_of(path)});
    for (const char* path : big_files) files.push_back({path, text_of(std::string{"big/"} + path)});
    require_sound(files);
    return files;
}

}  // namespace dutylog::simulation
