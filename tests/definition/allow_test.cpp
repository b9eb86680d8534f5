#include "engine/definition/allow.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "engine/definition/load_bundle.hpp"
#include "tests/definition/library_folder.hpp"

using namespace dutylog;
using namespace dutylog::definition;
using namespace dutylog::definition::test;

namespace {

/// A definition whose check is done by its doer (DL0313), with two lines around that owner.
LoadedBundle load(const std::string& before, const std::string& behind) {
    auto files = good_library();
    files.push_back({"definitions/allow.yaml",
                     "dutylog: 1\nkind: duty\nid: allow\ntitle: {zh-CN: 放行, en: Allow}\n"
                     "basis: [{obligation: OB-900}]\neffective: {from: 2019-01-01}\n"
                     "for: worker\nevery: 3 months after completion\n"
                     "owner: OHM\naccountable: PR\nladder: quick\n"
                     "do: {work: {title: {zh-CN: 工作, en: Work}}}\n"
                     "check:\n  look:\n    title: {zh-CN: 检查, en: Look}\n" +
                         before + "    owner: OHM" + behind + "\n"});
    return load_bundle(files);
}

std::vector<std::string> codes(const LoadedBundle& loaded) {
    std::vector<std::string> all;
    for (const Diagnostic& problem : loaded.diagnostics) all.push_back(problem.code);
    return all;
}

using Codes = std::vector<std::string>;

}  // namespace

TEST_CASE("an allow with a reason sets a diagnostic aside and keeps the reason",
          "[definition][allow]") {
    for (const auto& [before, behind] :
         {std::pair{"", "  # allow DL0313: two people sign the book"},
          std::pair{"    # allow DL0313: two people sign the book\n", ""},
          std::pair{"    # allow DL0313：two people sign the book\n    # another comment\n", ""}}) {
        const LoadedBundle loaded = load(before, behind);
        CHECK(codes(loaded) == Codes{});
        REQUIRE(loaded.bundle != nullptr);
        const auto allowed = std::ranges::find(loaded.allowed, "DL0313",
                                               [](const Allowed& one) { return one.problem.code; });
        REQUIRE(allowed != loaded.allowed.end());
        CHECK(allowed->reason == "two people sign the book");
        CHECK(allowed->comment.file == "definitions/allow.yaml");
    }
}

TEST_CASE("an allow must give its reason, its code and its place", "[definition][allow]") {
    CHECK(codes(load("", "")) == Codes{"DL0313"});
    CHECK(codes(load("", "  # allow DL0313")) == Codes{"DL0313", "DL0022"});
    CHECK(codes(load("", "  # allow DL0313:")) == Codes{"DL0313", "DL0022"});
    CHECK(codes(load("", "  # allow DL0312: another one")) == Codes{"DL0313", "DL0023"});
    CHECK(codes(load("", "\n    # allow DL0313: a line too late")) == Codes{"DL0313", "DL0023"});
    CHECK(codes(load("", "  # allow DL0104: not possible")) == Codes{"DL0313", "DL0024"});
    CHECK(codes(load("", "  # allow DL9999: no such code")) == Codes{"DL0313", "DL0024"});
}

TEST_CASE("a comment that merely begins with the word is a comment", "[definition][allow]") {
    CHECK(codes(load("    # allow no one to check their own work\n", "")) == Codes{"DL0313"});
}
