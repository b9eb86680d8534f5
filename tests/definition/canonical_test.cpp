#include "engine/definition/canonical.hpp"

#include <catch2/catch.hpp>

#include "engine/definition/load_bundle.hpp"
#include "tests/definition/library_folder.hpp"

using namespace dutylog;
using namespace dutylog::definition;
using namespace dutylog::definition::test;

namespace {

/// The good library with one text replaced in one of its files.
LoadedBundle with(const std::string& path, const std::string& from, const std::string& to) {
    auto files = good_library();
    for (SourceFile& file : files) {
        if (file.path != path) continue;
        const std::size_t at = file.text.find(from);
        REQUIRE(at != std::string::npos);
        file.text.replace(at, from.size(), to);
    }
    LoadedBundle loaded = load_bundle(files);
    INFO(render_text(loaded.diagnostics, texts_of(files), {}));
    REQUIRE(loaded.bundle != nullptr);
    return loaded;
}

const Bundle& good() {
    static const LoadedBundle loaded = load_bundle(good_library());
    REQUIRE(loaded.bundle != nullptr);
    return *loaded.bundle;
}

struct Change {
    const char* what;
    const char* from;
    const char* to;
};

const std::string maintenance = "definitions/maintenance.yaml";

}  // namespace

TEST_CASE("the good library is good", "[definition][canonical]") {
    const LoadedBundle loaded = load_bundle(good_library());
    CHECK(render_text(loaded.diagnostics, texts_of(good_library()), {}) == "");
    CHECK(loaded.allowed.size() == 1);
    CHECK(loaded.tests.size() == 2);
}

TEST_CASE("comments, layout, quotes and the order of keys make no new version",
          "[definition][canonical]") {
    const std::vector<Change> changes{
        {"a comment", "dutylog: 1\n", "dutylog: 1   # a comment\n# and another\n"},
        {"blank lines", "owner: EQ\n", "\n\nowner:   EQ\n\n"},
        {"quotes", "every: 3 months after completion", "every: \"3 months after completion\""},
        {"block for flow",
         "basis: [{obligation: OB-002, rule: 职业病防治法 第25条, force: practice}]",
         "basis:\n  - force: practice\n    rule: 职业病防治法 第25条\n    obligation: OB-002"},
        {"keys in another order", "owner: EQ\naccountable: OHM\ninformed: WS",
         "informed: [WS]\naccountable: OHM\nowner: EQ"},
        {"blanks in an expression", "due: 3 months after (last_completion or asset.facility.on)",
         "due: 3  months after ((last_completion or asset.facility.on))"},
        {"a default written out", "ladder: standard", "ladder: standard\ngrace: 1 working day"},
    };
    for (const Change& change : changes) {
        const auto loaded = with(maintenance, change.from, change.to);
        INFO(change.what);
        CHECK(loaded.bundle->definitions.at("facility-maintenance").canonical ==
              good().definitions.at("facility-maintenance").canonical);
        CHECK(loaded.bundle->definitions.at("facility-maintenance").version ==
              good().definitions.at("facility-maintenance").version);
        CHECK(loaded.bundle->hash != good().hash);  // the source is in the manifest too
    }
}

TEST_CASE("whatever changes what is done makes a new version", "[definition][canonical]") {
    const std::vector<Change> changes{
        {"a period", "every: 3 months after completion", "every: 2 months after completion"},
        {"an owner", "title: {zh-CN: 检查, en: Look at it}\n    owner: OHM",
         "title: {zh-CN: 检查, en: Look at it}\n    owner: MED"},
        {"words", "en: Repair", "en: Mend"},
        {"a condition", "when: result == fail", "when: result != pass and result != doubtful"},
        {"a severity", "severity: medium", "severity: high"},
        {"evidence", "evidence: [record]", "evidence: [record, photo]"},
        {"a default changed", "ladder: standard", "ladder: standard\ngrace: 2 working days"},
        {"who signs", "evidence: [record]", "evidence: {record: {signed_by: [OHM]}}"},
        {"validity", "to: 2040-01-01", "to: 2041-01-01"},
    };
    for (const Change& change : changes) {
        const auto loaded = with(maintenance, change.from, change.to);
        INFO(change.what);
        CHECK(loaded.bundle->definitions.at("facility-maintenance").version !=
              good().definitions.at("facility-maintenance").version);
    }
}

TEST_CASE("the tests of a definition are no part of its version", "[definition][canonical]") {
    const auto loaded = with("definitions/examination.yaml", "cycles: 1}", "cycles: 2}");
    CHECK(loaded.bundle->definitions.at("in-post-examination").version ==
          good().definitions.at("in-post-examination").version);
}

TEST_CASE("a fact type has a version of its own", "[definition][canonical]") {
    const auto reordered =
        with("library.yaml",
             "facility: {of: asset, keep: latest, fields: {maintained: truth, "
             "installed_at: instant,",
             "facility: {keep: latest, of: asset, fields: {installed_at: instant, "
             "maintained: truth,");
    CHECK(reordered.bundle->library.facts.at("facility").hash ==
          good().library.facts.at("facility").hash);
    CHECK(reordered.bundle->library.version == good().library.version);
    const auto changed = with("library.yaml", "runs: integer", "runs: decimal");
    CHECK(changed.bundle->library.facts.at("facility").hash !=
          good().library.facts.at("facility").hash);
    CHECK(changed.bundle->library.facts.at("exam").hash == good().library.facts.at("exam").hash);
}

TEST_CASE("texts cannot be taken for structure", "[definition][canonical]") {
    const auto loaded = with(maintenance, "en: Repair", "en: \"Repair\\\"\\nowner: \\\"HR\"");
    const std::string& canonical = loaded.bundle->definitions.at("facility-maintenance").canonical;
    CHECK(canonical.find("en: \"Repair\\\"\\nowner: \\\"HR\"\n") != std::string::npos);
}

TEST_CASE("a definition's canonical text reads like the definition", "[definition][canonical]") {
    const std::string& canonical = good().definitions.at("change-notice").canonical;
    CHECK(canonical ==
          "dutylog: 1\n"
          "kind: duty\n"
          "id: \"change-notice\"\n"
          "title:\n"
          "  en: \"Notice of a change\"\n"
          "  zh-CN: \"变更告知\"\n"
          "basis:\n"
          "  obligation: \"OB-003\"\n"
          "  force: \"norm\"\n"
          "from: 2019-01-01\n"
          "for: \"site\"\n"
          "upon:\n"
          "  fact: \"process_change\"\n"
          "  where: process_change.what != none\n"
          "while_open: merge\n"
          "due:\n"
          "  kind: date\n"
          "  date: 15 days after process_change.on\n"
          "roll: forward\n"
          "grace: 1 working day\n"
          "met_by: \"do.tell\"\n"
          "owner: \"OHM\"\n"
          "accountable: \"PR\"\n"
          "informed: \"HR\"\n"
          "ladder: \"standard\"\n"
          "step do.tell:\n"
          "  title:\n"
          "    en: \"Tell\"\n"
          "    zh-CN: \"告知\"\n"
          "  owner: \"OHM\"\n"
          "  done_by:\n"
          "    fact: \"process_change\"\n"
          "    where: process_change.on > opened_by.on\n");
}
