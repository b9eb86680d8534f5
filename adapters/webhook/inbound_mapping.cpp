#include "adapters/webhook/inbound_mapping.hpp"

#include <algorithm>
#include <initializer_list>

#include "engine/definition/yaml.hpp"

namespace dutylog::webhook {

namespace {

using definition::Entry;
using definition::Node;

constexpr std::size_t facts_max = 100;
constexpr std::size_t fields_max = 200;

/// The first thing that is wrong ends the reading.
struct Wrong {
    std::uint32_t at = 0;
    std::string expected;
};

[[noreturn]] void expected(const Node& node, std::string what) {
    throw Wrong{node.from, std::move(what)};
}

std::string text_of(const Node& node, const char* what) {
    if (!node.is_scalar() || node.text.empty()) expected(node, std::string{"expected "} + what);
    return node.text;
}

void only(const Node& mapping, std::initializer_list<std::string_view> keys) {
    if (!mapping.is_mapping()) expected(mapping, "expected keys and values");
    for (const Entry& entry : mapping.entries) {
        if (std::find(keys.begin(), keys.end(), entry.key.text) == keys.end())
            expected(entry.key, "there is no key " + entry.key.text + " here");
    }
}

const Node& needed(const Node& mapping, std::string_view key) {
    const Node* const node = mapping.find(key);
    if (node == nullptr) expected(mapping, "expected a key " + std::string{key});
    return *node;
}

/// RFC 6901: `~` stands only before 0 or 1.
bool is_pointer(std::string_view text) {
    if (!text.starts_with('/')) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '~' && (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')))
            return false;
    return true;
}

MappedValue read_source(const Node& node) {
    const std::string text = text_of(node, "a value, /pointer or ^/pointer");
    const bool in_body = text.starts_with("^/");
    if (!in_body && !text.starts_with('/')) return {MappedValue::From::literal, text, {}, false};
    std::string pointer = in_body ? text.substr(1) : text;
    if (!is_pointer(pointer)) expected(node, "expected a JSON Pointer: ~ is written ~0");
    return {in_body ? MappedValue::From::body : MappedValue::From::element,
            std::move(pointer),
            {},
            false};
}

MappedValue read_value(const Node& node) {
    if (!node.is_mapping()) return read_source(node);
    only(node, {"from", "words", "optional"});
    MappedValue value = read_source(needed(node, "from"));
    if (const Node* words = node.find("words")) {
        if (!words->is_mapping()) expected(*words, "expected words of theirs and ours");
        for (const Entry& entry : words->entries)
            value.words[entry.key.text] = text_of(entry.value, "a word of ours");
    }
    if (const Node* optional = node.find("optional")) {
        if (optional->text != "true" && optional->text != "false")
            expected(*optional, "expected true or false");
        value.optional = optional->text == "true";
    }
    return value;
}

std::vector<MappedCondition> read_when(const Node* node) {
    std::vector<MappedCondition> when;
    if (node == nullptr) return when;
    if (!node->is_mapping()) expected(*node, "expected /pointer: text");
    for (const Entry& entry : node->entries) {
        MappedCondition condition{read_source(entry.key), text_of(entry.value, "a text")};
        if (condition.value.from == MappedValue::From::literal)
            expected(entry.key, "expected /pointer or ^/pointer");
        when.push_back(std::move(condition));
    }
    return when;
}

MappedFact read_fact(const Node& node) {
    only(node, {"fact", "subject", "at", "when", "value"});
    MappedFact fact;
    fact.fact = text_of(needed(node, "fact"), "the id of a fact type");
    const Node& subject = needed(node, "subject");
    only(subject, {"kind", "id"});
    fact.subject_kind = text_of(needed(subject, "kind"), "a kind of subject");
    fact.subject = read_value(needed(subject, "id"));
    if (const Node* at = node.find("at")) fact.at = read_value(*at);
    fact.when = read_when(node.find("when"));
    const Node& values = needed(node, "value");
    if (!values.is_mapping() || values.entries.size() > fields_max)
        expected(values, "expected fields and where their values are, at most 200");
    for (const Entry& entry : values.entries)
        fact.values.emplace_back(entry.key.text, read_value(entry.value));
    return fact;
}

InboundMapping read_root(const Node& root) {
    only(root, {"source", "id", "when", "each", "facts"});
    InboundMapping mapping;
    mapping.source = text_of(needed(root, "source"), "a name of the source");
    if (const Node* id = root.find("id")) mapping.id = read_value(*id);
    mapping.when = read_when(root.find("when"));
    if (const Node* each = root.find("each")) {
        mapping.each = text_of(*each, "a /pointer to a list");
        if (!is_pointer(mapping.each)) expected(*each, "expected a /pointer to a list");
    }
    const Node& facts = needed(root, "facts");
    if (!facts.is_sequence() || facts.items.empty() || facts.items.size() > facts_max)
        expected(facts, "expected a list of 1 to 100 facts");
    for (const Node& node : facts.items) mapping.facts.push_back(read_fact(node));
    return mapping;
}

std::unexpected<Rejection> wrong(const definition::SourceFile& file, std::uint32_t at,
                                 const std::string& what) {
    const definition::Place place = definition::LineMap{file.text}.place(at);
    return reject("mapping", file.path + ":" + std::to_string(place.line) + ":" +
                                 std::to_string(place.column) + ": " + what);
}

}  // namespace

Result<InboundMapping> read_inbound_mapping(const definition::SourceFile& file) {
    definition::Diagnostics problems;
    const auto yaml = definition::read_yaml(file, problems);
    if (!yaml || problems.has_error()) {
        const std::uint32_t at = problems.all().empty() ? 0 : problems.all().front().where.from;
        return wrong(file, at,
                     "this is not YAML of the simple kind that definitions are written in");
    }
    try {
        return read_root(yaml->root);
    } catch (const Wrong& found) {
        return wrong(file, found.at, found.expected);
    }
}

}  // namespace dutylog::webhook
