#include "engine/definition/yaml.hpp"

#include <catch2/catch.hpp>

using namespace dutylog;
using namespace dutylog::definition;

namespace {

struct ReadText {
    std::optional<YamlFile> yaml;
    std::vector<Diagnostic> problems;
};

ReadText read(std::string text) {
    const SourceFile file{"a.yaml", std::move(text)};
    Diagnostics out;
    ReadText result;
    result.yaml = read_yaml(file, out);
    result.problems = out.take();
    return result;
}

/// The text of the file at a node.
std::string written(const std::string& text, const Node& node) {
    return text.substr(node.from, node.to - node.from);
}

}  // namespace

TEST_CASE("a mapping keeps its keys in the order they are written", "[definition][yaml]") {
    const auto result = read("b: 1\na: {z: 2, y: 3}\nc: [x, w]\n");
    REQUIRE(result.yaml);
    const Node& root = result.yaml->root;
    REQUIRE(root.entries.size() == 3);
    CHECK(root.entries[0].key.text == "b");
    CHECK(root.entries[1].value.entries[0].key.text == "z");
    CHECK(root.find("c")->items[1].text == "w");
    CHECK(root.find("d") == nullptr);
}

TEST_CASE("a node knows its bytes in the file", "[definition][yaml]") {
    const std::string text =
        "title: {zh-CN: 维护, en: \"a \\\"b\\\"\"}\nlist:\n  - one\n  - two words\n";
    const auto result = read(text);
    REQUIRE(result.yaml);
    const Node& title = *result.yaml->root.find("title");
    CHECK(written(text, *title.find("zh-CN")) == "维护");
    CHECK(title.find("en")->text == "a \"b\"");
    CHECK(written(text, *title.find("en")) == "a \\\"b\\\"");
    CHECK(written(text, result.yaml->root.find("list")->items[1]) == "two words");
    CHECK(written(text, title).ends_with("\"}"));
}

TEST_CASE("a place inside a text leads to its byte in the file", "[definition][yaml]") {
    const std::string text = "a: \"x \\\"y\\\" z\"\nb: >-\n  one\n  two\nc: plain\n";
    const auto result = read(text);
    REQUIRE(result.yaml);
    const auto place = [&](const char* key, const char* word) {
        const Node& node = *result.yaml->root.find(key);
        const std::size_t at = node.text.find(word);
        REQUIRE(at != std::string::npos);
        return node.located().at(static_cast<std::uint32_t>(at));
    };
    CHECK(place("a", "y") == text.find('y'));
    CHECK(place("a", "z") == text.find('z'));
    CHECK(place("b", "two") == text.find("two"));
    CHECK(place("c", "ain") == text.find("ain"));
}

TEST_CASE("nothing, null and a tilde are empty", "[definition][yaml]") {
    const auto result = read("a:\nb: null\nc: ~\nd: \"\"\ne: 'null'\n");
    REQUIRE(result.yaml);
    const Node& root = result.yaml->root;
    for (const char* key : {"a", "b", "c"}) CHECK(root.find(key)->kind == Node::Kind::empty);
    for (const char* key : {"d", "e"}) CHECK(root.find(key)->is_scalar());
}

TEST_CASE("comments are found, and a number sign inside a text is none", "[definition][yaml]") {
    const auto result =
        read("# first\na: b # second\nc: \"x # y\"  # third\nd: |\n  # text\ne: f#g\n");
    REQUIRE(result.yaml);
    REQUIRE(result.yaml->comments.size() == 3);
    CHECK(result.yaml->comments[0].text == "first");
    CHECK(result.yaml->comments[1].text == "second");
    CHECK(result.yaml->comments[2].text == "third");
}

TEST_CASE("a byte order mark at the start is read over", "[definition][yaml]") {
    const auto result = read(
        "\xEF\xBB\xBF"
        "a: 1\nb: x\n");
    REQUIRE(result.yaml);
    CHECK(result.problems.empty());
    CHECK(result.yaml->root.find("a")->text == "1");
    CHECK(result.yaml->root.find("b")->from == 11);
}

TEST_CASE("line ends of Windows change nothing", "[definition][yaml]") {
    const auto result = read("a: 1\r\nb: x # c\r\n");
    REQUIRE(result.yaml);
    CHECK(result.problems.empty());
    CHECK(result.yaml->root.find("a")->text == "1");
    CHECK(result.yaml->comments.at(0).text == "c");
}

TEST_CASE("all refused things of one file are told in one run", "[definition][yaml]") {
    const auto result = read("a: &x 1\nb: *x\nc: !t 2\n<<: {d: 1}\na: 3\n");
    std::vector<std::string> codes;
    for (const Diagnostic& problem : result.problems) codes.push_back(problem.code);
    CHECK(codes == std::vector<std::string>{"DL0007", "DL0008", "DL0009", "DL0010", "DL0011"});
}

TEST_CASE("levels are counted up to their limit", "[definition][yaml]") {
    const auto nested = [](std::size_t levels) {
        return "a: " + std::string(levels - 1, '[') + std::string(levels - 1, ']') + "\n";
    };
    CHECK(read(nested(YamlLimits::levels_max)).problems.empty());
    const auto deeper = read(nested(YamlLimits::levels_max + 1));
    REQUIRE(deeper.problems.size() == 1);
    CHECK(deeper.problems[0].code == "DL0004");
}

TEST_CASE("texts made to be slow are read as quickly as others", "[definition][yaml]") {
    // Each has about a mebibyte of what a parser may look at again and again.
    std::string keys;
    for (int i = 0; i < 80'000; ++i) keys += "k" + std::to_string(i) + ": 1\n";
    std::string flow = "a: [";
    for (int i = 0; i < 250'000; ++i) flow += "b, ";
    flow += "b]\n";
    std::string comments = "a: 1\n";
    for (int i = 0; i < 500'000; ++i) comments += "#\n";
    std::string brackets = "a: " + std::string(1'000'000, '[');
    for (const std::string& text : {keys, flow, comments, brackets}) {
        REQUIRE(text.size() < YamlLimits::bytes_max);
        const auto result = read(text);
        CHECK((result.yaml || !result.problems.empty()));
    }
}

TEST_CASE("the place of a byte is its line and character", "[definition][source]") {
    const std::string text = "一二\nab\r\n三x";
    const LineMap lines{text};
    CHECK(lines.line_count() == 3);
    CHECK(lines.place(0) == Place{1, 1});
    CHECK(lines.place(3) == Place{1, 2});
    CHECK(lines.place(static_cast<std::uint32_t>(text.find('b'))) == Place{2, 2});
    CHECK(lines.place(static_cast<std::uint32_t>(text.find('x'))) == Place{3, 2});
    CHECK(lines.place(999) == Place{3, 3});
    CHECK(lines.line(2) == "ab");
    for (const Place place : {Place{1, 2}, Place{2, 1}, Place{3, 2}})
        CHECK(lines.place(lines.offset(place)) == place);
}

TEST_CASE("what is no UTF-8 is found at its first byte", "[definition][source]") {
    CHECK(valid_utf8_length("abc维护") == 9);
    CHECK(valid_utf8_length("ab\xC3") == 2);
    CHECK(valid_utf8_length("a\xED\xA0\x80") == 1);  // half of a surrogate pair
    CHECK(valid_utf8_length("\xC0\xAF") == 0);       // an overlong slash
}
