#include "engine/scenario/story.hpp"

#include <algorithm>
#include <array>

#include "engine/definition/messages.hpp"

namespace dutylog::scenario {

namespace {

using definition::Entry;

constexpr std::array verbs{"fact",    "complete", "approve",  "verify",      "return",
                           "finding", "request",  "override", "acknowledge", "deliver",
                           "correct", "void",     "suspend",  "resume",      "cancel",
                           "carry",   "close",    "publish",  "assume"};

constexpr std::array top_keys{"scenario", "title",  "library", "clock", "end",
                              "subjects", "people", "assume",  "story", "questions"};

class Reader {
public:
    Reader(Scenario& scenario, std::vector<Problem>& problems)
        : scenario_{scenario}, problems_{problems}, lines_{scenario.text} {}

    void read() {
        const Node& root = scenario_.yaml.root;
        if (!root.is_mapping()) return fail(root, "a scenario is a mapping with `scenario: ID`");
        for (const Entry& entry : root.entries)
            if (std::find(top_keys.begin(), top_keys.end(), entry.key.text) == top_keys.end())
                fail(entry.key, "a scenario has no key `" + entry.key.text + "`");
        scenario_.id = text(root, "scenario", true);
        scenario_.library = text(root, "library", true);
        scenario_.clock = text(root, "clock", true);
        scenario_.end = text(root, "end", false);
        if (const Node* title = root.find("title"))
            scenario_.title = title->is_mapping() ? text(*title, "en", false) : title->text;
        each(root, "subjects", [&](const Node& node) { subject(node); });
        people(root.find("people"));
        each(root, "assume", [&](const Node& node) { assume(node); });
        each(root, "story", [&](const Node& node) { story_line(node); });
        each(root, "questions", [&](const Node& node) {
            if (!node.is_mapping()) return fail(node, "a question is `{ask: …, answer: …}`");
            if (node.find("answer") == nullptr) fail(node, "a question needs `answer:`");
            scenario_.questions.push_back({text(node, "ask", true), &node, line_of(node)});
        });
    }

private:
    std::uint32_t line_of(const Node& node) const { return lines_.place(node.from).line; }

    void fail(const Node& node, std::string message) {
        problems_.push_back({scenario_.file, line_of(node), std::move(message)});
    }

    std::string text(const Node& node, std::string_view key, bool required) {
        const Node* found = node.find(key);
        if (found == nullptr || !found->is_scalar()) {
            if (required || found != nullptr)
                fail(node, "the key `" + std::string{key} + "` needs one value");
            return {};
        }
        return found->text;
    }

    template <class Visit>
    void each(const Node& root, std::string_view key, Visit visit) {
        const Node* list = root.find(key);
        if (list == nullptr) return;
        if (!list->is_sequence()) return fail(*list, "`" + std::string{key} + ":` is a list");
        for (const Node& item : list->items) visit(item);
    }

    void subject(const Node& node) {
        if (!node.is_mapping()) return fail(node, "a subject is `{kind: …, id: …, in: …}`");
        scenario_.subjects.push_back({text(node, "kind", true), text(node, "id", true),
                                      text(node, "in", false), text(node, "name", false),
                                      line_of(node)});
    }

    /// `mei: {in: north, roles: {EQ: EF-07, OHM: acme}, head: lin}`
    void people(const Node* list) {
        if (list == nullptr) return;
        if (!list->is_mapping()) return fail(*list, "`people:` is a mapping of id to person");
        for (const Entry& entry : list->entries) {
            const std::string& person = entry.key.text;
            const std::uint32_t line = line_of(entry.key);
            if (!entry.value.is_mapping()) {
                fail(entry.value, "a person is `{in: …, roles: {…}}`");
                continue;
            }
            scenario_.subjects.push_back({"", person, text(entry.value, "in", false),
                                          text(entry.value, "name", false), line});
            if (const Node* roles = entry.value.find("roles")) add_roles(*roles, person);
            const std::string head = text(entry.value, "head", false);
            if (!head.empty()) scenario_.roles.push_back({"head", head, person, line});
        }
    }

    void add_roles(const Node& roles, const std::string& person) {
        for (const Entry& role : roles.entries) {
            if (role.value.is_sequence()) {
                for (const Node& subject : role.value.items)
                    scenario_.roles.push_back(
                        {role.key.text, person, subject.text, line_of(role.key)});
            } else {
                scenario_.roles.push_back(
                    {role.key.text, person, role.value.text, line_of(role.key)});
            }
        }
    }

    void assume(const Node& node) {
        if (!node.is_mapping()) return fail(node, "an assumption is `{duty: …, because: …}`");
        scenario_.assumptions.push_back({text(node, "duty", true), text(node, "until", false),
                                         text(node, "because", false), line_of(node)});
    }

    void story_line(const Node& node) {
        StoryLine line = read_story_line(node);
        if (line.verb.empty())
            return fail(node,
                        "a line of the story needs one of `fact:`, `complete:`, `request:` …");
        if (line.at.empty() && line.from.empty()) return fail(node, "a line needs `at:`");
        scenario_.story.push_back(std::move(line));
    }

public:
    StoryLine read_story_line(const Node& node) {
        StoryLine line;
        if (!node.is_mapping()) return line;
        line.node = &node;
        line.line = line_of(node);
        for (const Entry& entry : node.entries)
            for (const char* verb : verbs)
                if (line.verb.empty() && entry.key.text == verb) {
                    line.verb = verb;
                    line.object = entry.value.is_scalar() ? entry.value.text : "";
                }
        line.id = text(node, "id", false);
        line.at = text(node, "at", false);
        line.recorded = text(node, "recorded", false);
        line.from = text(node, "from", false);
        line.to = line.verb == "deliver" ? "" : text(node, "to", false);
        line.every = text(node, "every", false);
        line.by = text(node, "by", false);
        line.because = text(node, "because", false);
        line.refused = text(node, "refused", false);
        line.flagged = text(node, "flagged", false) == "true";
        line.duty = text(node, "duty", false);
        line.of = text(node, "of", false);
        return line;
    }

private:
    Scenario& scenario_;
    std::vector<Problem>& problems_;
    definition::LineMap lines_;
};

}  // namespace

std::unique_ptr<Scenario> read_scenario(const definition::SourceFile& file,
                                        std::vector<Problem>& problems) {
    auto scenario = std::make_unique<Scenario>();
    scenario->file = file.path;
    scenario->text = file.text;
    definition::Diagnostics diagnostics;
    auto yaml = definition::read_yaml(file, diagnostics);
    const definition::LineMap lines{file.text};
    for (const auto& found : diagnostics.all())
        if (found.severity == definition::Severity::error)
            problems.push_back({file.path, lines.place(found.where.from).line,
                                definition::message_of(found, Language::en)});
    if (!yaml) return nullptr;
    scenario->yaml = std::move(*yaml);
    Reader{*scenario, problems}.read();
    return scenario;
}

StoryLine read_line(const Scenario& scenario, const Node& node, std::vector<Problem>& problems) {
    return Reader{const_cast<Scenario&>(scenario), problems}.read_story_line(node);
}

}  // namespace dutylog::scenario
