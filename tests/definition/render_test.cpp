#include "engine/definition/render.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

using namespace dutylog;
using namespace dutylog::definition;
namespace json = boost::json;

namespace {

const std::string text = "title: {zh-CN: 防护设施, en: Facilities}\nowner: OMH   # 责任人\n";
const SourceTexts texts{{"a.yaml", text}};

Diagnostic unknown_role() {
    const auto at = static_cast<std::uint32_t>(text.find("OMH"));
    Diagnostics out;
    out.add("DL0109", {"a.yaml", at, at + 3}, {{"name", "OMH"}, {"suggestion", "OHM"}});
    return out.take().front();
}

Diagnostic at_words(std::string_view words) {
    const auto at = static_cast<std::uint32_t>(text.find(words));
    Diagnostics out;
    out.add("DL0018", {"a.yaml", at, at + static_cast<std::uint32_t>(words.size())},
            {{"found", "1.10"}});
    return out.take().front();
}

}  // namespace

TEST_CASE("the width of a text is what a terminal needs for it", "[definition][render]") {
    CHECK(display_width("abc") == 3);
    CHECK(display_width("防护") == 4);
    CHECK(display_width("，：") == 4);
    CHECK(display_width("e\xCC\x81") == 1);  // a letter and a combining accent
    CHECK(display_width("ｱ") == 1);          // half-width katakana
    CHECK(display_width("\t") == 1);
    CHECK(display_width("") == 0);
}

TEST_CASE("the caret stands under the place, whatever the width before it",
          "[definition][render]") {
    CHECK(render_text(std::vector{at_words("护设")}, texts, {}) ==
          "warning[DL0018]: `1.10` without quotes loses its last zero in other tools\n"
          " --> a.yaml:1:17\n"
          "  |\n"
          "1 | title: {zh-CN: 防护设施, en: Facilities}\n"
          "  |                  ^^^^ wanted: text\n"
          "  = help: write `\"1.10\"`\n");
}

TEST_CASE("each language has its own words", "[definition][render]") {
    CHECK(render_text(std::vector{unknown_role()}, texts, {.language = Language::zh_cn}) ==
          "错误[DL0109]: 没有角色 `OMH`\n"
          " --> a.yaml:2:8\n"
          "  |\n"
          "2 | owner: OMH   # 责任人\n"
          "  |        ^^^ 未声明\n"
          "  = 帮助: 是否想写 `OHM`？\n");
}

TEST_CASE("colour comes only where it is asked for", "[definition][render]") {
    const std::vector problems{unknown_role()};
    CHECK(render_text(problems, texts, {}).find('\x1b') == std::string::npos);
    CHECK(render_text(problems, texts, {.colour = true}).find("\x1b[1;31m") != std::string::npos);
}

TEST_CASE("a long line is cut around its problem", "[definition][render]") {
    const std::string line = std::string(500, 'x') + "HERE" + std::string(500, 'y');
    Diagnostics out;
    out.add("DL0018", {"long.yaml", 500, 504}, {{"found", "HERE"}});
    const std::string shown = render_text(out.all(), {{"long.yaml", line + "\n"}}, {});
    CHECK(shown.find("long.yaml:1:501") != std::string::npos);
    CHECK(shown.find("xxHEREyy") != std::string::npos);
    CHECK(shown.find("^^^^ wanted") != std::string::npos);
    CHECK(shown.find(std::string(200, 'x')) == std::string::npos);
}

TEST_CASE("a problem of a file that is not there names the file", "[definition][render]") {
    Diagnostics out;
    out.add("DL0028", {"library.yaml", 0, 0});
    CHECK(render_text(out.all(), {}, {}).find("--> library.yaml\n") != std::string::npos);
}

TEST_CASE("tools get lines and characters", "[definition][render]") {
    const json::value all = render_json(std::vector{unknown_role()}, texts, Language::en);
    const json::object& one = all.as_array().at(0).as_object();
    CHECK(one.at("code") == "DL0109");
    CHECK(one.at("name") == "unknown-role");
    CHECK(one.at("severity") == "error");
    CHECK(one.at("file") == "a.yaml");
    CHECK(one.at("line") == 2);
    CHECK(one.at("column") == 8);
    CHECK(one.at("end_column") == 11);
    CHECK(one.at("message") == "there is no role `OMH`");
    CHECK(one.at("help").as_array().at(0) == "did you mean `OHM`?");
    CHECK(one.at("arguments").as_object().at("name") == "OMH");
}

TEST_CASE("SARIF names its rules, counts characters and shows what was allowed",
          "[definition][render]") {
    const Allowed allowed{at_words("Facilities"), "an edition", {"a.yaml", 0, 1}};
    const json::value log =
        render_sarif(std::vector{unknown_role()}, std::vector{allowed}, texts, Language::en);
    CHECK(log.at("version") == "2.1.0");
    const json::value& run = log.at("runs").as_array().at(0);
    CHECK(run.at("columnKind") == "unicodeCodePoints");
    const json::array& rules = run.at("tool").at("driver").at("rules").as_array();
    const json::array& results = run.at("results").as_array();
    REQUIRE(results.size() == 2);
    for (const json::value& result : results)
        CHECK(
            rules.at(static_cast<std::size_t>(result.at("ruleIndex").to_number<int>())).at("id") ==
            result.at("ruleId"));
    const json::value& region =
        results[1].at("locations").as_array().at(0).at("physicalLocation").at("region");
    CHECK(region.at("startLine") == 1);
    CHECK(region.at("startColumn") == 26);
    CHECK(results[0].as_object().contains("suppressions") == false);
    CHECK(results[1].at("suppressions").as_array().at(0).at("justification") == "an edition");
}

TEST_CASE("workflow commands of GitHub hold no line break and no bare percent sign",
          "[definition][render]") {
    Diagnostics out;
    out.add("DL0101", {"a,b.yaml", 0, 5}, {{"name", "100%"}, {"of", "@step"}});
    const std::string line = render_github(out.all(), {{"a,b.yaml", "title: x\n"}}, Language::en);
    CHECK(line ==
          "::error file=a%2Cb.yaml,line=1,endLine=1,col=1,endColumn=6,title=DL0101::"
          "`100%25` is not a key of a step\n");
}
