// Reads any bytes as the library file of a small bundle. Every place that is told lies in its file,
// and the same bytes give the same bundle again.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/definition/load_bundle.hpp"
#include "engine/definition/messages.hpp"

using namespace dutylog;
using namespace dutylog::definition;

namespace {

const SourceFile zones{"zones/zones.csv", "Etc/UTC,UTC0,1985-01-01,tzdata 2025b\n"};
const SourceFile table{"tables/limits.csv",
                       "# id: limits\n# key: hazard, level\n"
                       "hazard,level_from,level_to,grade,interval,valid_from,valid_to\n"
                       "noise,80,85,I,12 months,2014-10-01,\nnoise,85,,II,6 months,,\n"};
const SourceFile duty{
    "definitions/one.yaml",
    "dutylog: 1\nkind: duty\nid: one\ntitle: {zh-CN: 一, en: One}\nbasis: [{obligation: OB-1}]\n"
    "effective: {from: 2019-01-01}\nfor: worker where worker.exposures.any(e, grade(e) == \"II\")\n"
    "every: 3 months after completion\nowner: OHM\nladder: standard\n"
    "do: {work: {title: {zh-CN: 做, en: Work}}}\n"};

void demand(bool holds) {
    if (!holds) std::abort();
}

void check_place(const SourceSpan& where, const std::vector<SourceFile>& files) {
    demand(where.from <= where.to);
    for (const SourceFile& file : files)
        demand(file.path != where.file || where.to <= file.text.size());
}

void check_problem(const Diagnostic& problem, const std::vector<SourceFile>& files) {
    check_place(problem.where, files);
    for (const Related& related : problem.related) check_place(related.where, files);
    for (const Language language : {Language::en, Language::zh_cn})
        demand(!message_of(problem, language).empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::vector<SourceFile> files{
        zones, table, {"library.yaml", {reinterpret_cast<const char*>(data), size}}, duty};
    const LoadedBundle loaded = load_bundle(files);
    for (const Diagnostic& problem : loaded.diagnostics) check_problem(problem, files);
    for (const TestCase& test : loaded.tests) check_place(test.where, files);
    const LoadedBundle again = load_bundle(files);
    demand(loaded.diagnostics == again.diagnostics);
    demand((loaded.bundle == nullptr) == (again.bundle == nullptr));
    demand(loaded.bundle == nullptr || loaded.bundle->hash == again.bundle->hash);
    return 0;
}
