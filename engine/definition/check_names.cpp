#include <algorithm>

#include "engine/definition/checker.hpp"
#include "engine/definition/reading.hpp"

namespace dutylog::definition {

namespace {

class NameChecker {
public:
    NameChecker(DefinitionDraft& draft, const Ground& ground)
        : draft_{draft}, definition_{draft.definition}, ground_{ground}, library_{ground.library} {}

    void check() {
        if (!definition_.subject.empty()) kind("for", definition_.subject);
        if (definition_.upon) fact("upon", *definition_.upon);
        role_or_person("owner", definition_.owner);
        role_or_person("accountable", definition_.accountable);
        for (std::size_t i = 0; i < definition_.informed.size(); ++i)
            role_or_person(indexed("informed", i), definition_.informed[i]);
        ladder();
        if (!definition_.met_by.empty()) step("met_by", definition_.met_by);
        if (definition_.due.kind == ClockKind::before) before_fact("due", definition_.due);
        for (Gate& one : definition_.gates) gate(one, "gates/" + one.id);
        for (Step& one : definition_.steps) check_step(one);
        for (const auto& [permission, people] : definition_.access)
            for (std::size_t i = 0; i < people.size(); ++i)
                role_or_person(indexed("access/" + permission + "/to", i), people[i]);
    }

private:
    static std::string indexed(const std::string& path, std::size_t i) {
        return path + "/" + std::to_string(i);
    }
    SourceSpan span(const std::string& path) const { return draft_.places.span(path); }

    Diagnostic& unknown(std::string_view code, const std::string& path, const std::string& word,
                        const std::vector<std::string>& known) {
        return add_unknown(ground_.out, code, span(path), word, known);
    }

    bool kind(const std::string& path, const std::string& name) {
        ground_.uses.add("subject", name);
        if (library_.kinds.contains(name)) return true;
        unknown("DL0107", path, name, names_of(library_.kinds));
        return false;
    }

    void fact(const std::string& path, const FactMatch& match) {
        ground_.uses.add("fact", match.fact);
        const auto found = library_.facts.find(match.fact);
        if (found == library_.facts.end()) {
            unknown("DL0108", path, match.fact, names_of(library_.facts));
        } else if (library_.kinds.contains(definition_.subject) &&
                   library_.kinds.contains(found->second.of) &&
                   !related(library_, found->second.of, definition_.subject)) {
            ground_.out.add(
                "DL0131", span(path),
                {{"name", match.fact}, {"of", found->second.of}, {"subject", definition_.subject}});
        }
    }

    /// A role, or a kind of person: `worker` is the worker the duty is about.
    void role_or_person(const std::string& path, const std::string& name) {
        if (name.empty()) return;
        const auto kind = library_.kinds.find(name);
        if (kind == library_.kinds.end()) {
            if (library_.roles.contains(name)) return ground_.uses.add("role", name);
            std::vector<std::string> known = names_of(library_.roles);
            for (const auto& [id, one] : library_.kinds)
                if (one.person) known.push_back(id);
            unknown("DL0109", path, name, known);
        } else if (!kind->second.person) {
            ground_.out.add("DL0317", span(path), {{"name", name}});
        } else if (library_.kinds.contains(definition_.subject) &&
                   !related(library_, name, definition_.subject)) {
            ground_.out.add("DL0318", span(path),
                            {{"name", name}, {"subject", definition_.subject}});
        }
    }

    void ladder() {
        if (definition_.ladder.empty()) return;
        ground_.uses.add("ladder", definition_.ladder);
        if (!library_.ladders.contains(definition_.ladder))
            unknown("DL0110", "ladder", definition_.ladder, names_of(library_.ladders));
    }

    std::vector<std::string> step_names() const {
        std::vector<std::string> names;
        for (const Step& one : definition_.steps) names.push_back(one.id);
        return names;
    }

    /// A step of this definition. Its chapter may be left out where the name is the only one.
    void step(const std::string& path, const std::string& name) {
        if (definition_.step(name) != nullptr) return;
        Diagnostic& problem = unknown("DL0104", path, name, step_names());
        const std::string* near = problem.argument("suggestion");
        std::string meant = near == nullptr ? std::string{} : *near;
        if (meant.empty())
            for (const Step& one : definition_.steps)
                if (one.id.substr(one.id.find('.') + 1) == name) meant = one.id;
        if (meant.empty()) return;
        if (near == nullptr) problem.with("suggestion", meant);
        problem.beside(span("steps/" + meant), Note::meant);
    }

    void before_fact(const std::string& path, const Clock& clock) {
        const std::string name = clock.text.substr(clock.text.find_last_of(" \n") + 1);
        ground_.uses.add("fact", name);
        if (!library_.facts.contains(name))
            unknown("DL0108", path, name, names_of(library_.facts));
        else if (!definition_.upon || definition_.upon->fact != name)
            ground_.out.add("DL0417", span(path), {{"name", name}});
    }

    void gate(Gate& gate, const std::string& path) {
        ground_.uses.add("fact", gate.act);
        const auto act = library_.facts.find(gate.act);
        if (act == library_.facts.end()) {
            std::vector<std::string> acts;
            for (const auto& [id, one] : library_.facts)
                if (one.act) acts.push_back(id);
            if (!gate.act.empty()) unknown("DL0108", path + "/refuse", gate.act, acts);
        } else if (!act->second.act) {
            ground_.out.add("DL0132", span(path + "/refuse"), {{"name", gate.act}});
        }
        for (std::size_t i = 0; i < gate.tell.size(); ++i)
            role_or_person(indexed(path + "/tell", i), gate.tell[i]);
    }

    void check_step(Step& one) {
        const std::string path = "steps/" + one.id;
        role_or_person(path + "/owner",
                       one.owner == definition_.owner && !draft_.places.has(path + "/owner")
                           ? std::string{}
                           : one.owner);
        if (one.due.kind == ClockKind::before) before_fact(path + "/due", one.due);
        if (draft_.places.has(path + "/after"))
            for (std::size_t i = 0; i < one.after.size(); ++i)
                step(indexed(path + "/after", i), one.after[i]);
        if (one.done_by) fact(path + "/done_by", *one.done_by);
        if (one.breached_by) fact(path + "/breached_by", *one.breached_by);
        for (FormField& field : one.form)
            resolve_type(field.spec.type, library_, false,
                         span(path + "/form/" + field.spec.id + "/type"), ground_.out);
        for (const FormField& field : one.form) note_enumeration(field.spec.type);
        for (const Outcome& outcome : one.outcomes) {
            const std::string place = path + "/outcomes/" + outcome.id;
            if (!outcome.go.empty()) step(place + "/go", outcome.go);
            if (!outcome.then.empty()) step(place + "/then", outcome.then);
        }
        check_upon(one, path);
        role_or_person(path + "/verified_by", one.verified_by);
        for (std::size_t i = 0; i < one.not_by.size(); ++i) {
            const std::string& name = one.not_by[i];
            if (name.find('.') != std::string::npos)
                step(indexed(path + "/not_by", i), name);
            else
                role_or_person(indexed(path + "/not_by", i), name);
        }
        for (std::size_t i = 0; i < one.approve.size(); ++i)
            role_or_person(indexed(path + "/approve", i), one.approve[i]);
        for (const auto& [evidence, signers] : one.signed_by)
            for (std::size_t i = 0; i < signers.size(); ++i)
                role_or_person(indexed(path + "/evidence/" + evidence + "/signed_by", i),
                               signers[i]);
        if (!one.run.empty()) run(one, path);
        for (Gate& each : one.gates) gate(each, path + "/gate");
    }

    void note_enumeration(const rule::Type& type) {
        if (type.kind == rule::Kind::enumeration) ground_.uses.add("enumeration", type.name);
        if (type.element) note_enumeration(*type.element);
    }

    void check_upon(const Step& one, const std::string& path) {
        std::vector<std::string> findings;
        std::vector<std::string> outcomes;
        for (const Step& other : definition_.steps) {
            for (const FindingSpec& finding : other.findings) findings.push_back(finding.id);
            for (const Outcome& outcome : other.outcomes) outcomes.push_back(outcome.id);
        }
        const auto check = [&](std::string_view code, const std::vector<std::string>& names,
                               const std::vector<std::string>& known, const std::string& place) {
            for (std::size_t i = 0; i < names.size(); ++i)
                if (std::ranges::find(known, names[i]) == known.end())
                    unknown(code, indexed(path + place, i), names[i], known);
        };
        check("DL0112", one.upon_findings, findings, "/upon_findings");
        check("DL0113", one.upon_outcomes, outcomes, "/upon_outcomes");
    }

    void run(const Step& one, const std::string& path) {
        ground_.uses.add("definition", one.run);
        const auto found = ground_.definitions.find(one.run);
        if (found == ground_.definitions.end())
            unknown("DL0111", path + "/run", one.run, names_of(ground_.definitions));
        else if (found->second != definition_.subject && !definition_.subject.empty())
            ground_.out.add(
                "DL0133", span(path + "/run"),
                {{"name", one.run}, {"of", found->second}, {"subject", definition_.subject}});
    }

    DefinitionDraft& draft_;
    Definition& definition_;
    const Ground& ground_;
    const Library& library_;
};

}  // namespace

void check_names(DefinitionDraft& draft, const Ground& ground) {
    NameChecker{draft, ground}.check();
}

}  // namespace dutylog::definition
