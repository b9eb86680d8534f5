#include "engine/definition/load_bundle.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/definition/library_folder.hpp"

using namespace dutylog;
using namespace dutylog::definition;
using namespace dutylog::definition::test;

namespace {

std::vector<SourceFile> shipped_library() {
    return read_folder(std::string{DUTYLOG_SOURCE_DIR} + "/workflows");
}

bool has_error(const LoadedBundle& loaded) {
    return std::ranges::any_of(loaded.diagnostics, [](const Diagnostic& problem) {
        return problem.severity == Severity::error;
    });
}

}  // namespace

TEST_CASE("the shipped library loads without an error", "[definition][bundle]") {
    const auto files = shipped_library();
    const LoadedBundle loaded = load_bundle(files);
    INFO(render_text(loaded.diagnostics, texts_of(files), {}));
    CHECK_FALSE(has_error(loaded));
    REQUIRE(loaded.bundle != nullptr);
    CHECK(loaded.bundle->definitions.contains("in-post-examination"));
    CHECK(loaded.bundle->tables.contains("exam-interval"));
    CHECK(loaded.bundle->calendars.contains(loaded.bundle->library.calendar));
    CHECK(loaded.bundle->zones.contains(loaded.bundle->library.zone));
}

TEST_CASE("the shipped library has nothing to complain of, and says why where it was told so",
          "[definition][bundle]") {
    const auto files = shipped_library();
    const LoadedBundle loaded = load_bundle(files);
    INFO(render_text(loaded.diagnostics, texts_of(files), {}));
    CHECK(loaded.diagnostics.empty());
    for (const Allowed& one : loaded.allowed) CHECK(one.reason.size() > 20);
}

TEST_CASE("a folder with a library of its own is left alone", "[definition][bundle]") {
    auto files = good_library();
    const LoadedBundle alone = load_bundle(files);
    files.push_back({"inner/library.yaml", "not a library at all"});
    files.push_back({"inner/definitions/one.yaml", "kind: duty"});
    const LoadedBundle beside = load_bundle(files);
    CHECK(beside.diagnostics == alone.diagnostics);
    REQUIRE(beside.bundle != nullptr);
    CHECK(beside.bundle->hash == alone.bundle->hash);
    files.push_back({"stray/one.yaml", "kind: duty"});
    CHECK(load_bundle(files).diagnostics.size() == alone.diagnostics.size() + 1);
}

TEST_CASE("the order of the files changes nothing of a bundle", "[definition][bundle]") {
    auto files = shipped_library();
    const LoadedBundle first = load_bundle(files);
    std::ranges::reverse(files);
    const LoadedBundle second = load_bundle(files);
    REQUIRE(first.bundle != nullptr);
    CHECK(first.bundle->manifest == second.bundle->manifest);
    CHECK(first.bundle->hash == second.bundle->hash);
}

TEST_CASE("a manifest is read back as it was written", "[definition][bundle]") {
    const LoadedBundle loaded = load_bundle(shipped_library());
    REQUIRE(loaded.bundle != nullptr);
    const auto lines = parse_manifest(loaded.bundle->manifest);
    REQUIRE(lines);
    CHECK(manifest_text(*lines) == loaded.bundle->manifest);
    CHECK(sha256(loaded.bundle->manifest) == loaded.bundle->hash);
    CHECK_FALSE(parse_manifest("library library.yaml"));
    CHECK_FALSE(parse_manifest("no line break"));
}
