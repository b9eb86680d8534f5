#include "engine/definition/definition_reader.hpp"

#include <algorithm>
#include <array>

#include "engine/definition/read_clock.hpp"
#include "engine/definition/reading.hpp"
#include "engine/definition/step_reader.hpp"

namespace dutylog::definition {

namespace {

constexpr std::array<std::string_view, 4> chapters{"plan", "do", "check", "act"};

class DefinitionReader {
public:
    DefinitionReader(Reading& reading, const Node& root, Definition& definition)
        : reading_{reading}, fields_{reading, root, definition_table}, definition_{definition} {}

    void read() {
        read_head();
        read_cycles();
        read_people();
        for (std::size_t phase = 0; phase < chapters.size(); ++phase)
            read_chapter(static_cast<Phase>(phase));
        read_gates();
        read_done();
        if (const Node* access = fields_.get("access"))
            for (const Entry& entry : access->entries) {
                reading_.mark("access/" + entry.key.text, entry.key);
                definition_.access[read_id(reading_, entry.key)] =
                    read_words(reading_, entry.value, "access/" + entry.key.text + "/to");
            }
        fill_defaults();
    }

private:
    void read_head() {
        read_format(reading_, fields_);
        const std::string level = fields_.word("kind");
        definition_.level = level == "system"      ? Level::system
                            : level == "programme" ? Level::programme
                                                   : Level::duty;
        definition_.id = fields_.id("id");
        if (const Node* id = fields_.get("id")) reading_.mark("id", *id);
        definition_.system = fields_.name("system", "");
        definition_.title = fields_.localized("title");
        if (const Node* basis = fields_.get("basis"))
            for (const Node& item : basis->items) {
                const std::string path = "basis/" + std::to_string(definition_.basis.size());
                const Fields fields{reading_, item, basis_table};
                definition_.basis.push_back({.obligation = fields.name("obligation", path),
                                             .rule = fields.text("rule"),
                                             .force = fields.word("force")});
            }
        if (const Node* effective = fields_.get("effective")) {
            reading_.mark("effective", *effective);
            const Fields fields{reading_, *effective, effective_table};
            definition_.valid_from = fields.date("from").value_or(CivilDate{});
            definition_.valid_to = fields.date("to");
            if (const Node* to = fields.get("to")) reading_.mark("effective/to", *to);
        }
        if (const Node* of = fields_.get("for")) {
            FactMatch match = read_match(reading_, *of, "for");
            definition_.subject = std::move(match.fact);
            definition_.where = std::move(match.where);
        }
    }

    void read_cycles() {
        if (const Node* every = fields_.get("every")) read_repeat(reading_, *every, definition_);
        if (const Node* upon = fields_.get("upon"))
            definition_.upon = read_match(reading_, *upon, "upon");
        if (const Node* join = fields_.get("while_open")) {
            reading_.mark("while_open", *join);
            if (fields_.word("while_open") == "merge") definition_.while_open = WhileOpen::merge;
        }
        if (const Node* due = fields_.get("due"))
            definition_.due = read_clock(reading_, *due, "due");
        if (const Node* open = fields_.get("open"))
            definition_.open_before = read_open(reading_, *open);
        if (const Node* roll = fields_.get("roll")) {
            reading_.mark("roll", *roll);
            const std::string word = fields_.word("roll");
            definition_.roll = word == "none"   ? calendar::Roll::none
                               : word == "back" ? calendar::Roll::back
                                                : calendar::Roll::forward;
        }
        if (const Node* grace = fields_.get("grace")) {
            reading_.mark("grace", *grace);
            if (const auto period = read_period(reading_, *grace)) definition_.grace = *period;
        }
        definition_.tracked = fields_.truth("tracked");
    }

    void read_people() {
        definition_.owner = fields_.name("owner", "");
        definition_.accountable = fields_.name("accountable", "");
        definition_.informed = fields_.names("informed", "");
        definition_.ladder = fields_.name("ladder", "");
        definition_.met_by = fields_.name("met_by", "");
    }

    void read_chapter(Phase phase) {
        const std::string name{chapter_name(phase)};
        const Node* node = fields_.get(name);
        if (node == nullptr) return;
        reading_.mark(name, *node);
        bool together = false;
        std::string previous;
        for (const Entry& entry : node->entries) {
            if (entry.key.text == "together") {
                together = read_truth(reading_, entry.value);
                continue;
            }
            const std::string id = name + "." + read_id(reading_, entry.key);
            reading_.mark("steps/" + id, entry.key);
            if (!want_mapping(reading_, entry.value)) continue;
            Step step = read_step(reading_, entry.value, id);
            step.phase = phase;
            if (step.after.empty() && !together && !previous.empty() &&
                entry.value.find("after") == nullptr)
                step.after = {previous};
            previous = id;
            definition_.steps.push_back(std::move(step));
        }
    }

    void read_gates() {
        const Node* gates = fields_.get("gates");
        if (gates == nullptr) return;
        for (const Entry& entry : gates->entries) {
            const std::string path = "gates/" + entry.key.text;
            reading_.mark(path, entry.key);
            if (want_mapping(reading_, entry.value))
                definition_.gates.push_back(
                    read_gate(reading_, entry.value, read_id(reading_, entry.key), path));
        }
    }

    void read_done() {
        const Node* done = fields_.get("done");
        if (done == nullptr) return;
        const Fields fields{reading_, *done, done_table};
        definition_.valid_until = fields.expression("valid_until", "done");
        if (const Node* keep = fields.get("keep")) {
            const Fields kept{reading_, *keep, keep_table};
            definition_.retention = kept.name("class", "done/keep");
            definition_.keep_until = kept.expression("at_least", "done/keep");
        }
    }

    void fill_defaults() {
        for (Step& step : definition_.steps)
            if (step.owner.empty()) step.owner = definition_.owner;
        if (!definition_.met_by.empty() || definition_.steps.empty()) return;
        definition_.met_by = last_of(Phase::do_);
        if (definition_.met_by.empty()) definition_.met_by = last_of(Phase::plan);
        if (definition_.met_by.empty()) definition_.met_by = definition_.steps.back().id;
    }

    std::string last_of(Phase phase) const {
        std::string id;
        for (const Step& step : definition_.steps)
            if (step.phase == phase && step.upon_findings.empty() && step.upon_outcomes.empty())
                id = step.id;
        return id;
    }

    Reading& reading_;
    Fields fields_;
    Definition& definition_;
};

}  // namespace

std::string_view chapter_name(Phase phase) { return chapters[static_cast<std::size_t>(phase)]; }

DefinitionDraft read_definition(const SourceFile& file, const Node& root, const Library& library,
                                Diagnostics& out) {
    DefinitionDraft draft{.definition = {}, .places = Places{file.path}};
    Reading reading{file, out, draft.places, library.units};
    DefinitionReader{reading, root, draft.definition}.read();
    return draft;
}

}  // namespace dutylog::definition
